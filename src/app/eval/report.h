// What `dss eval` prints: tables for a person, one JSON object for the card and for scripts.
#pragma once

#include <optional>
#include <string>

#include "app/eval/figures.h"
#include "app/eval/perspective_figures.h"

namespace dss::app {

struct NearMissFigures {
  std::size_t texts = 0;
  std::size_t flagged = 0;  ///< by any category
};

/// Everything that one model was measured on; files that are not there leave their part out.
struct EvaluationReport {
  std::string model;
  std::string version;
  std::string sha256;
  std::optional<RankingFigures> test{};
  std::optional<RankingFigures> obfuscated{};  ///< the same rows with spellings that hide words
  std::optional<CalibrationFigures> calibration{};
  std::optional<HateCheckFigures> hatecheck{};
  std::optional<NearMissFigures> near_misses{};
  std::optional<PerspectiveFigures> perspective{};
};

/// Markdown, which is readable as it stands.
[[nodiscard]] std::string to_markdown(const EvaluationReport& report);
/// One object without a newline; numbers rounded to four decimals.
[[nodiscard]] std::string to_json(const EvaluationReport& report);

}  // namespace dss::app
