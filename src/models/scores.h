// What a model answers: one logit and one calibrated probability per label.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dss::models {

/// The six categories of the service, in the order of every table of the project.
enum class Category : std::size_t {
  kToxic,
  kSevereToxic,
  kObscene,
  kThreat,
  kInsult,
  kIdentityHate
};
inline constexpr std::size_t kCategoryCount = 6;
inline constexpr std::array<std::string_view, kCategoryCount> kCategoryNames = {
    "toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"};

/// Most labels that a served model may have.
inline constexpr std::size_t kMaxLabels = 16;

/// Scores of one text, indexed by the model's own labels (for the shipped models: the six
/// categories).
struct Scores {
  std::size_t count = 0;
  std::array<float, kMaxLabels> logit{};        ///< the model's raw output
  std::array<float, kMaxLabels> probability{};  ///< calibrated, 0-1
};

}  // namespace dss::models
