// A request for the labels of some texts, whichever of the two protocols it came in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "api/judged_labels.h"
#include "api/tei/error.h"
#include "base/result.h"
#include "json/value.h"
#include "json/writer.h"

namespace dss::api::tei {

/// TEI's default limit of a batch.
inline constexpr std::size_t kMostTexts = 32;
inline constexpr std::size_t kMostCharacters = 20480;  ///< code points of one text
inline constexpr std::size_t kMostTopK = 1000;
inline constexpr std::size_t kMostBodyBytes = std::size_t{512} << 10;

/// What becomes of the logits.
enum class Function : std::uint8_t {
  kSigmoid,  ///< each label's own probability, as the native API has it
  kSoftmax,  ///< shares of one
  kNone,     ///< the logits, whose sigmoid is that probability
};

struct Classification {
  std::vector<std::string> texts;
  bool nested = false;  ///< a list of predictions for each text, even if there is one
  Function function = Function::kSigmoid;
  std::size_t top_k = SIZE_MAX;  ///< most labels of a text
};

using Request = tl::expected<Classification, Error>;

/// TEI's `{"inputs", "truncate"?, "truncation_direction"?, "raw_scores"?}`. `inputs` is a text, a
/// list of one, or a batch `[["a"], ["b"]]`; a pair `["a", "b"]`, which no model here takes, is
/// refused (422), as is what has another form; nothing and empty texts are 400 `empty`. What is
/// longer than kMostCharacters is refused too, or cut if `truncate` says so. Softmax is never
/// applied, other than in TEI: labels here do not exclude each other.
[[nodiscard]] Request read_predict(const json::Value& body);

/// Hugging Face's `{"inputs", "parameters"?: {"function_to_apply"?, "top_k"?}}`, where `inputs` is
/// a text or a list of texts. Other members are ignored.
[[nodiscard]] Request read_text_classification(const json::Value& body);

/// `[{"score", "label"}…]`, the highest score first.
void write_predictions(const std::vector<JudgedLabel>& labels, const Classification& wanted,
                       json::Writer* writer);

}  // namespace dss::api::tei
