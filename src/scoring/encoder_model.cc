#include "scoring/encoder_model.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>

#include "crypto/sha256.h"
#include "json/reader.h"
#include "json/writer.h"
#include "weights/file_bytes.h"

namespace dss::scoring {
namespace {

constexpr std::size_t kSpecialPieces = 2;  // [CLS] and [SEP]

std::string_view text_of(const weights::FileBytes& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

base::Result<tokenizer::WordPieceOptions> read_tokenizer(const std::string& directory) {
  tokenizer::WordPieceOptions options;
  const std::string path = directory + "/tokenizer_config.json";
  if (!exists(path)) return options;
  const auto file = weights::FileBytes::open(path);
  if (!file) return base::fail(file.error());
  json::Reader reader;
  const std::string text(text_of(*file));
  const auto document = reader.parse(text);
  if (!document) {
    return base::fail(base::ErrorKind::kCorrupt,
                      path + ": " + json::describe(document.error(), text));
  }
  if (const auto lower = document->find("do_lower_case")) {
    options.lower_case = lower->boolean().value_or(true);
  }
  if (const auto strip = document->find("strip_accents")) options.strip_accents = strip->boolean();
  return options;
}

// What a card says, as far as the directory tells it.
base::Result<weights::Card> make_card(const std::string& directory,
                                      const tokenizer::WordPieceOptions& options) {
  const auto config = models::read_encoder_config(directory);
  if (!config) return base::fail(config.error());
  const auto file = weights::FileBytes::open(directory + "/model.safetensors");
  if (!file) return base::fail(file.error());
  weights::Card card;
  card.id = std::filesystem::path(directory).lexically_normal().filename().string();
  if (card.id.empty()) card.id = "encoder";
  card.format = weights::kEncoderFormat;
  card.sha256 = crypto::sha256_hex(text_of(*file));
  card.version = card.sha256.substr(0, 12);
  card.file_bytes = file->bytes().size();
  for (const std::string& label : config->labels) {
    card.labels.push_back({label, {{0, 1}, {0, 1}}, 0.5F});
  }
  card.encoder.lower_case = options.lower_case;
  card.encoder.window_tokens = config->positions;
  card.uncertain_low = card.uncertain_high = 0.5F;
  card.reference_histogram.assign(11, 1.0 / 11);
  json::Writer(&card.json)
      .begin_object()
      .key("id")
      .string(card.id)
      .key("version")
      .string(card.version)
      .key("note")
      .string("This model came without a card: its scores are not calibrated.")
      .end_object();
  return card;
}

base::Result<weights::Card> card_of(const std::string& directory,
                                    tokenizer::WordPieceOptions* options) {
  if (!exists(directory + "/card.json")) return make_card(directory, *options);
  auto card = weights::read_card(directory);
  if (!card) return card;
  if (card->format != weights::kEncoderFormat) {
    return base::fail(base::ErrorKind::kCorrupt, directory + "/card.json: format \"" +
                                                     card->format + "\" is not that of an encoder");
  }
  options->lower_case = card->encoder.lower_case;
  const std::string path = directory + "/model.safetensors";
  const auto file = weights::FileBytes::open(path);
  if (!file) return base::fail(file.error());
  const auto verified = weights::verify_weights(*card, path, file->bytes());
  if (!verified) return base::fail(verified.error());
  return card;
}

std::string_view name_of(kernels::Precision precision) {
  switch (precision) {
    case kernels::Precision::kInt8:
      return "int8";
    case kernels::Precision::kBf16:
      return "bf16";
    case kernels::Precision::kFp32:
      break;
  }
  return "fp32";
}

std::string stamp_of(const weights::Card& card, const models::Encoder& encoder) {
  std::string stamp = card.id + "/" + card.version + "/" + card.sha256.substr(0, 12) + "/";
  stamp += name_of(encoder.precision());
  stamp += '/';
  stamp += kernels::name_of(encoder.instruction_set());
  return stamp;
}

base::Status check_labels(const std::string& directory, const weights::Card& card,
                          const models::EncoderConfig& config) {
  const bool same = std::equal(
      card.labels.begin(), card.labels.end(), config.labels.begin(), config.labels.end(),
      [](const weights::Label& label, const std::string& name) { return label.name == name; });
  if (same) return {};
  return base::fail(base::ErrorKind::kCorrupt,
                    directory + "/card.json: has other labels than config.json");
}

}  // namespace

base::Result<std::shared_ptr<const EncoderModel>> load_encoder(
    const std::string& directory, const models::Encoder::Options& options,
    const base::Clock& clock) {
  const base::SteadyTime begin = clock.steady();
  auto tokenizer = read_tokenizer(directory);
  if (!tokenizer) return base::fail(tokenizer.error());
  auto card = card_of(directory, &*tokenizer);
  if (!card) return base::fail(card.error());
  auto encoder = models::Encoder::open(directory, options);
  if (!encoder) return base::fail(encoder.error());
  if (const auto same = check_labels(directory, *card, encoder->config()); !same) {
    return base::fail(same.error());
  }
  const auto vocabulary = weights::FileBytes::open(directory + "/vocab.txt");
  if (!vocabulary) return base::fail(vocabulary.error());
  auto pieces = tokenizer::WordPiece::parse(text_of(*vocabulary), *tokenizer);
  if (!pieces) {
    return base::fail(pieces.error().kind, directory + "/vocab.txt: " + pieces.error().message);
  }
  if (pieces->size() > encoder->config().vocabulary) {
    return base::fail(base::ErrorKind::kCorrupt,
                      directory + "/vocab.txt: has more pieces than the model has embeddings");
  }
  const std::size_t tokens = std::min(card->encoder.window_tokens, encoder->config().positions);
  if (tokens <= kSpecialPieces) {
    return base::fail(base::ErrorKind::kCorrupt,
                      directory + "/config.json: has too few positions for any text");
  }
  std::string stamp = stamp_of(*card, *encoder);
  auto shared = std::make_shared<const weights::Card>(std::move(*card));
  return std::make_shared<const EncoderModel>(
      EncoderModel{std::move(shared), std::make_shared<const models::Encoder>(std::move(*encoder)),
                   std::move(*pieces), tokens - kSpecialPieces,
                   base::seconds_between(begin, clock.steady()), std::move(stamp)});
}

}  // namespace dss::scoring
