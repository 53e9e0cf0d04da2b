// `config.json` of a Hugging Face directory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernels/encoder_kernels.h"

namespace dss::models {

/// Families that differ in the names of their tensors and in what stands before the classifier.
enum class EncoderFamily : std::uint8_t { kBert, kDistilBert };

/// What turns logits into probabilities.
enum class LabelKind : std::uint8_t {
  kMultiLabel,   ///< each label for itself: sigmoid
  kSingleLabel,  ///< exactly one label is right: softmax
};

struct EncoderConfig {
  EncoderFamily family = EncoderFamily::kBert;
  std::size_t vocabulary = 0;
  std::size_t hidden = 0;
  std::size_t layers = 0;
  std::size_t heads = 0;
  std::size_t inner = 0;      ///< width between the two feed-forward layers
  std::size_t positions = 0;  ///< most tokens of one text
  std::size_t types = 0;      ///< rows of the type embedding; 0: there is none
  float epsilon = 1e-12F;     ///< of layer normalisation
  kernels::Activation activation = kernels::Activation::kGelu;
  bool pooler =
      true;  ///< a dense layer stands before the classifier (BERT: tanh, DistilBERT: ReLU)
  LabelKind kind = LabelKind::kMultiLabel;
  std::vector<std::string> labels;

  [[nodiscard]] std::size_t head_width() const { return hidden / heads; }
};

/// Reads `DIRECTORY/config.json`. `problem_type` "single_label_classification" means softmax,
/// anything else sigmoid; `"pooler": "none"` is an extension of this project. Errors: kIo, kCorrupt
/// (contradictory), kInvalidArgument (a family or option that is not supported); one line that
/// names the file.
[[nodiscard]] base::Result<EncoderConfig> read_encoder_config(const std::string& directory);

/// The same of the file's content; `path` stands in errors.
[[nodiscard]] base::Result<EncoderConfig> parse_encoder_config(const std::string& content,
                                                               const std::string& path);

}  // namespace dss::models
