#include "models/encoder/config.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "json/reader.h"
#include "models/scores.h"
#include "weights/file_bytes.h"

namespace dss::models {
namespace {

constexpr std::size_t kLargest = 1U << 20;
constexpr std::size_t kWidest = 1U << 16;  // sums of so many 8-bit products fit 32 bits

class ConfigReader {
 public:
  ConfigReader(std::string path, json::Value root) : path_(std::move(path)), root_(root) {}

  base::Result<EncoderConfig> read() {
    EncoderConfig config;
    read_family(&config);
    const bool bert = config.family == EncoderFamily::kBert;
    config.vocabulary = size("vocab_size", 0);
    config.hidden = size(bert ? "hidden_size" : "dim", 0);
    config.layers = size(bert ? "num_hidden_layers" : "n_layers", 0);
    config.heads = size(bert ? "num_attention_heads" : "n_heads", 0);
    config.inner = size(bert ? "intermediate_size" : "hidden_dim", 0);
    config.positions = size("max_position_embeddings", 0);
    config.types = bert ? size("type_vocab_size", 2) : 0;
    config.epsilon = epsilon(bert);
    read_activation(bert ? "hidden_act" : "activation", &config);
    config.pooler = text("pooler", "") != "none";
    if (text("problem_type", "") == "single_label_classification") {
      config.kind = LabelKind::kSingleLabel;
    }
    read_labels(&config);
    check(config);
    if (error_) return base::fail(*error_);
    return config;
  }

 private:
  void refuse(base::ErrorKind kind, const std::string& cause) {
    if (!error_) error_ = base::Error{kind, path_ + ": " + cause};
  }
  void corrupt(const std::string& cause) { refuse(base::ErrorKind::kCorrupt, cause); }

  std::string text(std::string_view name, std::string_view otherwise) {
    const auto value = root_.find(name);
    if (!value || value->is_null()) return std::string(otherwise);
    if (!value->string()) corrupt(std::string(name) + " must be a string");
    return std::string(value->string().value_or(""));
  }

  // 0 as `otherwise`: the member must be there.
  std::size_t size(std::string_view name, std::size_t otherwise) {
    const auto value = root_.find(name);
    if (!value && otherwise != 0) return otherwise;
    const auto number = value ? value->unsigned_integer() : std::nullopt;
    if (!number || *number == 0 || *number > kLargest) {
      corrupt(std::string(name) + " must be a whole number from 1");
      return 1;
    }
    return *number;
  }

  float epsilon(bool bert) {
    const auto value = bert ? root_.find("layer_norm_eps") : std::nullopt;
    const double number = value ? value->number().value_or(-1) : 1e-12;
    if (!(number >= 0 && number < 1)) corrupt("layer_norm_eps must be from 0 to 1");
    return static_cast<float>(number);
  }

  void read_family(EncoderConfig* config) {
    const std::string type = text("model_type", "");
    if (type == "distilbert") {
      config->family = EncoderFamily::kDistilBert;
    } else if (type != "bert") {
      refuse(base::ErrorKind::kInvalidArgument,
             "model_type \"" + type + "\" is not supported: bert and distilbert are");
    }
  }

  void read_activation(std::string_view name, EncoderConfig* config) {
    const std::string activation = text(name, "gelu");
    if (activation == "relu") {
      config->activation = kernels::Activation::kRelu;
    } else if (activation != "gelu") {
      refuse(base::ErrorKind::kInvalidArgument,
             std::string(name) + " \"" + activation + "\" is not supported: gelu and relu are");
    }
  }

  // {"0": name, "1": name, …} in the order of the numbers; without it as Hugging Face: two labels.
  void read_labels(EncoderConfig* config) {
    const auto names = root_.find("id2label");
    if (!names) {
      config->labels = {"LABEL_0", "LABEL_1"};
      return;
    }
    std::size_t members = 0;
    for ([[maybe_unused]] const auto member : names->members()) ++members;
    for (std::size_t label = 0; label < members; ++label) {
      const auto name = names->find(std::to_string(label));
      if (!name || !name->string()) return corrupt("id2label must name every label from 0");
      config->labels.emplace_back(*name->string());
    }
    if (members == 0 || members > kMaxLabels) corrupt("id2label must name 1 to 16 labels");
  }

  void check(const EncoderConfig& config) {
    if (std::max(config.hidden, config.inner) > kWidest) {
      corrupt("layers are wider than " + std::to_string(kWidest));
    }
    if (config.hidden % config.heads != 0) corrupt("the heads do not share the hidden size evenly");
    const auto embedding = text("position_embedding_type", "absolute");
    if (embedding != "absolute") {
      refuse(base::ErrorKind::kInvalidArgument, "position_embedding_type must be absolute");
    }
  }

  std::string path_;
  json::Value root_;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<EncoderConfig> parse_encoder_config(const std::string& content,
                                                 const std::string& path) {
  json::Reader reader;
  const auto document = reader.parse(content);
  if (!document) {
    return base::fail(base::ErrorKind::kCorrupt,
                      path + ": " + json::describe(document.error(), content));
  }
  if (!document->is_object()) {
    return base::fail(base::ErrorKind::kCorrupt, path + ": is no JSON object");
  }
  return ConfigReader(path, *document).read();
}

base::Result<EncoderConfig> read_encoder_config(const std::string& directory) {
  const std::string path = directory + "/config.json";
  const auto file = weights::FileBytes::open(path);
  if (!file) return base::fail(file.error());
  return parse_encoder_config(
      {reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()}, path);
}

}  // namespace dss::models
