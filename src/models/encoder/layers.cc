#include "models/encoder/layers.h"

#include <optional>
#include <string>

#include "models/encoder/matrix_view.h"

namespace dss::models {
namespace {

using kernels::PackedMatrix;

// Where each family keeps the parts of a layer.
struct Names {
  std::string embeddings;
  std::string layer;
  const char* query;
  const char* key;
  const char* value;
  const char* output;
  const char* attention_norm;
  const char* wide;
  const char* narrow;
  const char* output_norm;
  const char* pooler;
};

const Names& names_of(EncoderFamily family) {
  static const Names kBert = {"bert.embeddings.",
                              "bert.encoder.layer.",
                              ".attention.self.query",
                              ".attention.self.key",
                              ".attention.self.value",
                              ".attention.output.dense",
                              ".attention.output.LayerNorm",
                              ".intermediate.dense",
                              ".output.dense",
                              ".output.LayerNorm",
                              "bert.pooler.dense"};
  static const Names kDistilBert = {"distilbert.embeddings.",
                                    "distilbert.transformer.layer.",
                                    ".attention.q_lin",
                                    ".attention.k_lin",
                                    ".attention.v_lin",
                                    ".attention.out_lin",
                                    ".sa_layer_norm",
                                    ".ffn.lin1",
                                    ".ffn.lin2",
                                    ".output_layer_norm",
                                    "pre_classifier"};
  return family == EncoderFamily::kBert ? kBert : kDistilBert;
}

// Reads parts one after another; the first failure is kept and what follows is empty.
class LayersReader {
 public:
  LayersReader(const weights::Safetensors& file, const EncoderConfig& config,
               kernels::Precision precision, bool narrow)
      : file_(file),
        config_(config),
        names_(names_of(config.family)),
        precision_(precision),
        narrow_(narrow),
        padded_(kernels::round_up(config.hidden, kernels::kPanel)) {}

  base::Result<EncoderLayers> read() {
    EncoderLayers all;
    all.memory = base::HugeArray<std::byte>(config_.layers * layer_bytes());
    memory_ = all.memory.data();
    read_embeddings(&all);
    for (std::size_t i = 0; i < config_.layers && !error_; ++i) {
      all.layers.push_back(read_layer(names_.layer + std::to_string(i)));
    }
    if (config_.pooler) all.pooler = dense(names_.pooler, config_.hidden);
    all.classifier = dense("classifier", config_.labels.size());
    if (error_) return base::fail(*error_);
    return all;
  }

 private:
  std::optional<MatrixView> find(const std::string& name, std::size_t rows, std::size_t columns) {
    if (error_) return std::nullopt;
    auto view = MatrixView::find(file_, name, rows, columns);
    if (view) return *view;
    error_ = view.error();
    return std::nullopt;
  }

  std::vector<float> vector(const std::string& name, std::size_t size) {
    std::vector<float> values(size);
    if (const auto view = find(name, 1, size)) view->read_row(0, values);
    return values;
  }

  Norm norm(const std::string& name) {
    Norm norm{vector(name + ".weight", config_.hidden), vector(name + ".bias", config_.hidden)};
    norm.gamma.resize(padded_);
    norm.beta.resize(padded_);
    return norm;
  }

  Dense dense(const std::string& name, std::size_t outputs) {
    Dense dense{{}, vector(name + ".bias", outputs)};
    const auto view = find(name + ".weight", outputs, config_.hidden);
    for (std::size_t row = 0; view && row < outputs; ++row) {
      dense.weights.emplace_back(config_.hidden);
      view->read_row(row, dense.weights.back());
    }
    return dense;
  }

  // Outputs [first, first + outputs) of `to`.
  void pack(const std::string& name, std::size_t first, std::size_t outputs, std::size_t inputs,
            PackedMatrix* to) {
    const auto bias = vector(name + ".bias", outputs);
    const auto view = find(name + ".weight", outputs, inputs);
    std::vector<float> row(inputs);
    for (std::size_t i = 0; view && i < outputs; ++i) {
      if (view->is_int8()) {
        to->set_output(first + i, view->int8_row(i), view->scale(i), bias[i]);
      } else {
        view->read_row(i, row);
        to->set_output(first + i, row, bias[i]);
      }
    }
  }

  [[nodiscard]] std::size_t layer_bytes() const {
    const auto bytes = [this](std::size_t inputs, std::size_t outputs) {
      return PackedMatrix::bytes_for(precision_, inputs, outputs);
    };
    const std::size_t hidden = config_.hidden;
    return bytes(hidden, 3 * padded_) + bytes(hidden, hidden) + bytes(hidden, config_.inner) +
           bytes(config_.inner, hidden);
  }

  // The next one in the common memory.
  PackedMatrix empty(std::size_t inputs, std::size_t outputs) {
    std::byte* memory = memory_;
    memory_ += PackedMatrix::bytes_for(precision_, inputs, outputs);
    return {precision_, inputs, outputs, narrow_, memory};
  }

  PackedMatrix matrix(const std::string& name, std::size_t outputs, std::size_t inputs) {
    PackedMatrix packed = empty(inputs, outputs);
    pack(name, 0, outputs, inputs, &packed);
    return packed;
  }

  EncoderLayer read_layer(const std::string& prefix) {
    EncoderLayer layer;
    layer.query_key_value = empty(config_.hidden, 3 * padded_);
    std::size_t first = 0;
    for (const char* part : {names_.query, names_.key, names_.value}) {
      pack(prefix + part, first, config_.hidden, config_.hidden, &layer.query_key_value);
      first += padded_;
    }
    layer.output = matrix(prefix + names_.output, config_.hidden, config_.hidden);
    layer.wide = matrix(prefix + names_.wide, config_.inner, config_.hidden);
    layer.narrow = matrix(prefix + names_.narrow, config_.hidden, config_.inner);
    layer.attention_norm = norm(prefix + names_.attention_norm);
    layer.output_norm = norm(prefix + names_.output_norm);
    return layer;
  }

  void read_embeddings(EncoderLayers* all) {
    const auto words =
        find(names_.embeddings + "word_embeddings.weight", config_.vocabulary, config_.hidden);
    if (words) all->words = EmbeddingTable(*words, precision_);
    all->embedding_norm = norm(names_.embeddings + "LayerNorm");
    std::vector<float> type(config_.hidden);
    if (config_.types != 0) {
      const auto types =
          find(names_.embeddings + "token_type_embeddings.weight", config_.types, config_.hidden);
      if (types) types->read_row(0, type);
    }
    const auto positions =
        find(names_.embeddings + "position_embeddings.weight", config_.positions, config_.hidden);
    if (!positions) return;
    all->places.resize(config_.positions * padded_);
    for (std::size_t i = 0; i < config_.positions; ++i) {
      float* row = all->places.data() + i * padded_;
      positions->read_row(i, {row, config_.hidden});
      for (std::size_t j = 0; j < config_.hidden; ++j) row[j] += type[j];
    }
  }

  const weights::Safetensors& file_;
  const EncoderConfig& config_;
  const Names& names_;
  kernels::Precision precision_;
  bool narrow_;
  std::size_t padded_;
  std::byte* memory_ = nullptr;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<EncoderLayers> read_layers(const weights::Safetensors& file,
                                        const EncoderConfig& config, kernels::Precision precision,
                                        bool narrow) {
  return LayersReader(file, config, precision, narrow).read();
}

}  // namespace dss::models
