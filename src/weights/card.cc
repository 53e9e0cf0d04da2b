#include "weights/card.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <optional>
#include <system_error>

#include "crypto/sha256.h"
#include "json/reader.h"
#include "weights/file_bytes.h"

namespace dss::weights {
namespace {

constexpr std::size_t kMostLabels = 16;
constexpr std::size_t kHistogramBins = 11;
constexpr std::size_t kDigestDigits = 64;

// Reads members of one JSON object; the first fault is kept and everything after it is ignored.
class Fields {
 public:
  Fields(std::optional<json::Value> object, std::string* fault) : object_(object), fault_(fault) {}

  [[nodiscard]] std::optional<json::Value> find(std::string_view name) {
    auto value = object_ ? object_->find(name) : std::nullopt;
    if (!value) refuse(name, "is missing");
    return value;
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return object_ && object_->find(name).has_value();
  }

  std::string string(std::string_view name) {
    const auto value = find(name);
    if (!value) return {};
    if (!value->string()) refuse(name, "must be a string");
    return std::string(value->string().value_or(""));
  }

  double number(std::string_view name) {
    const auto value = find(name);
    if (!value) return 0;
    if (!value->number()) refuse(name, "must be a number");
    return value->number().value_or(0);
  }

  bool boolean(std::string_view name) {
    const auto value = find(name);
    if (value && !value->boolean()) refuse(name, "must be true or false");
    return value && value->boolean().value_or(false);
  }

  Fields object(std::string_view name) {
    const auto value = find(name);
    if (value && !value->is_object()) refuse(name, "must be an object");
    return {value, fault_};
  }

  std::vector<std::string> strings(std::string_view name) {
    std::vector<std::string> all;
    for (const json::Value item : list(name)) {
      if (!item.string()) refuse(name, "must be a list of strings");
      all.emplace_back(item.string().value_or(""));
    }
    return all;
  }

  template <typename Number>
  std::vector<Number> numbers(std::string_view name) {
    std::vector<Number> all;
    for (const json::Value item : list(name)) {
      if (!item.number()) refuse(name, "must be a list of numbers");
      all.push_back(static_cast<Number>(item.number().value_or(0)));
    }
    return all;
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    if (!object_) return all;
    for (const auto [name, member] : object_->members()) all.emplace_back(name);
    return all;
  }

  void refuse(std::string_view name, std::string_view cause) {
    if (fault_->empty()) *fault_ = std::string(name) + " " + std::string(cause);
  }

 private:
  std::vector<json::Value> list(std::string_view name) {
    const auto value = find(name);
    if (!value) return {};
    if (!value->is_array()) refuse(name, "must be a list");
    std::vector<json::Value> items;
    for (const json::Value item : value->items()) items.push_back(item);
    return items;
  }

  std::optional<json::Value> object_;
  std::string* fault_;
};

bool is_probability(double value) { return value >= 0 && value <= 1; }

bool is_curve(const CalibrationCurve& curve) {
  const auto finite = [](float value) { return std::isfinite(value); };
  const auto not_increasing = [](float left, float right) { return left >= right; };
  return curve.x.size() >= 2 && curve.x.size() == curve.y.size() &&
         std::all_of(curve.x.begin(), curve.x.end(), finite) &&
         std::all_of(curve.y.begin(), curve.y.end(), finite) &&
         std::adjacent_find(curve.x.begin(), curve.x.end(), not_increasing) == curve.x.end() &&
         std::is_sorted(curve.y.begin(), curve.y.end());
}

bool is_distribution(const std::vector<double>& shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  return shares.size() == kHistogramBins &&
         std::all_of(shares.begin(), shares.end(), is_probability) && std::abs(sum - 1) < 1e-3;
}

void read_labels(Fields fields, Card* card) {
  Fields curves = fields.object("calibration");
  Fields thresholds = fields.object("thresholds");
  for (std::string& name : fields.strings("labels")) {
    Fields curve = curves.object(name);
    Label label{name, {curve.numbers<float>("x"), curve.numbers<float>("y")}, 0};
    if (!is_curve(label.calibration)) {
      fields.refuse("calibration", "of " + name + " is no increasing curve of two points or more");
    }
    const double threshold = thresholds.number(name);
    if (!is_probability(threshold)) fields.refuse("thresholds", "must lie between 0 and 1");
    label.threshold = static_cast<float>(threshold);
    card->labels.push_back(std::move(label));
  }
  if (card->labels.empty() || card->labels.size() > kMostLabels) {
    fields.refuse("labels", "must name 1 to 16");
  }
}

void read_recipes(Fields fields, Card* card) {
  Fields features = fields.object("features");
  const double bits = features.number("bucket_bits");
  if (!(bits >= 10 && bits <= 22) || bits != std::floor(bits)) {
    fields.refuse("bucket_bits", "must be a whole number from 10 to 22");
  }
  card->features = {features.string("recipe"), static_cast<unsigned>(bits), features.string("tf"),
                    features.string("norm")};
  if (features.has("norm_floor")) {
    const double floor = features.number("norm_floor");
    if (!(floor >= 0 && floor <= 1e6)) features.refuse("norm_floor", "must be from 0 to 1000000");
    card->features.norm_floor = static_cast<float>(floor);
  }
  if (!fields.has("windows")) return;
  Fields windows = fields.object("windows");
  const double characters = windows.number("characters");
  if (!(characters >= 0 && characters < 1e9)) fields.refuse("windows", "must have a length");
  const double margin = windows.number("margin");
  if (!(margin >= 0 && margin <= 20)) fields.refuse("windows", "must have a margin from 0 to 20");
  card->windows = {static_cast<std::size_t>(characters), static_cast<float>(margin)};
}

void read_blend(Fields fields, Card* card) {
  Fields blend = fields.object("blend");
  card->encoder.blend_sha256 = blend.string("sha256");
  Fields shares = blend.object("weights");
  for (const Label& label : card->labels) {
    const double share = shares.number(label.name);
    if (!(share >= 0 && share <= 10)) blend.refuse("weights", "must be from 0 to 10");
    card->encoder.blend.push_back(static_cast<float>(share));
  }
}

void read_encoder_recipe(Fields fields, Card* card) {
  Fields tokenizer = fields.object("tokenizer");
  if (tokenizer.string("kind") != "wordpiece") tokenizer.refuse("kind", "must be wordpiece");
  card->encoder.lower_case = tokenizer.boolean("lower_case");
  const double tokens = fields.object("windows").number("tokens");
  if (!(tokens >= 16 && tokens <= 65536) || tokens != std::floor(tokens)) {
    fields.refuse("windows", "must have a whole number of tokens from 16");
  }
  card->encoder.window_tokens = static_cast<std::size_t>(tokens);
  if (fields.has("blend")) read_blend(fields, card);
}

bool is_scale(const CalibrationCurve& points) {
  return is_curve(points) && std::all_of(points.y.begin(), points.y.end(), is_probability);
}

void read_perspective(Fields fields, Card* card) {
  Fields attributes = fields.object("perspective").object("attributes");
  for (std::string& attribute : attributes.names()) {
    Fields one = attributes.object(attribute);
    Fields map = one.object("map");
    PerspectiveScale scale{
        attribute, one.string("label"), {map.numbers<float>("x"), map.numbers<float>("y")}};
    if (!is_scale(scale.points)) {
      fields.refuse("perspective", "has for " + attribute + " no increasing map to 0-1");
    }
    const bool known = std::any_of(card->labels.begin(), card->labels.end(),
                                   [&](const Label& label) { return label.name == scale.label; });
    if (!known) fields.refuse("perspective", "has for " + attribute + " a label of no model");
    card->perspective.push_back(std::move(scale));
  }
}

void read_fields(Fields fields, Card* card) {
  card->id = fields.string("id");
  card->version = fields.string("version");
  card->format = fields.string("format");
  card->sha256 = fields.string("sha256");
  if (card->sha256.size() != kDigestDigits) fields.refuse("sha256", "must have 64 digits");
  card->languages = fields.strings("languages");
  read_labels(fields, card);
  card->format == kEncoderFormat ? read_encoder_recipe(fields, card) : read_recipes(fields, card);
  if (fields.has("perspective")) read_perspective(fields, card);
  Fields band = fields.object("uncertain");
  card->uncertain_low = static_cast<float>(band.number("low"));
  card->uncertain_high = static_cast<float>(band.number("high"));
  if (!is_probability(card->uncertain_low) || !is_probability(card->uncertain_high) ||
      card->uncertain_low > card->uncertain_high) {
    fields.refuse("uncertain", "must lie between 0 and 1, low before high");
  }
  card->reference_histogram = fields.numbers<double>("reference_histogram");
  if (!is_distribution(card->reference_histogram)) {
    fields.refuse("reference_histogram", "must have 11 shares that sum to 1");
  }
}

}  // namespace

std::size_t Card::overall_label() const {
  const auto lower = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
  };
  const auto place_of = [&](auto&& fits) -> std::optional<std::size_t> {
    const auto found = std::find_if(labels.begin(), labels.end(),
                                    [&](const Label& label) { return fits(lower(label.name)); });
    if (found == labels.end()) return std::nullopt;
    return static_cast<std::size_t>(found - labels.begin());
  };
  const auto exact = std::find_if(labels.begin(), labels.end(),
                                  [](const Label& label) { return label.name == "toxic"; });
  if (exact != labels.end()) return static_cast<std::size_t>(exact - labels.begin());
  const auto near = place_of([](const std::string& name) {
    return name.find("toxic") != std::string::npos && name.rfind("no", 0) != 0;
  });
  return near.value_or(0);
}

base::Result<Card> read_card(const std::string& directory) {
  const std::string path = directory + "/card.json";
  const auto corrupt = [&path](const std::string& cause) {
    return base::fail(base::ErrorKind::kCorrupt, path + ": " + cause);
  };
  const auto file = FileBytes::open(path);
  if (!file) return base::fail(file.error());
  Card card;
  card.json.assign(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size());
  json::Reader reader;
  const auto document = reader.parse(card.json);
  if (!document) return corrupt(json::describe(document.error(), card.json));
  if (!document->is_object()) return corrupt("is no JSON object");
  std::string fault;
  read_fields(Fields(*document, &fault), &card);
  if (!fault.empty()) return corrupt(fault);
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(directory + "/model.safetensors", ignored);
  card.file_bytes = ignored ? 0 : bytes;
  return card;
}

base::Status verify_weights(const Card& card, const std::string& path,
                            std::span<const std::byte> bytes) {
  const std::string digest =
      crypto::sha256_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (digest == card.sha256) return {};
  return base::fail(base::ErrorKind::kCorrupt,
                    path + ": differs from the file that its card.json describes (SHA-256 " +
                        digest.substr(0, 12) + "…, expected " + card.sha256.substr(0, 12) +
                        "…); restore it or install the model again");
}

}  // namespace dss::weights
