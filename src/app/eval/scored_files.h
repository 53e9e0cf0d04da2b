// The evaluation files of the repository, scored by an engine.
#pragma once

#include <string>
#include <vector>

#include "app/eval/figures.h"
#include "app/eval/report.h"
#include "base/result.h"
#include "scoring/engine.h"

namespace dss::app {

/// Scores texts with one model on several threads. REQUIRES: the model has the six categories.
class FileScorer {
 public:
  /// `engine` must outlive this object.
  FileScorer(const scoring::Engine* engine, std::string model, unsigned threads)
      : engine_(engine), model_(std::move(model)), threads_(threads) {}

  using Probabilities = std::array<float, models::kCategoryCount>;
  /// Of the texts without white space around them, in their order.
  [[nodiscard]] base::Result<std::vector<Probabilities>> probabilities(
      const std::vector<std::string_view>& texts) const;

  /// A CSV with `text` and the six category columns; a blank label is unknown, one of at least ½ is
  /// positive.
  [[nodiscard]] base::Result<ScoredRows> labelled(const std::string& path) const;
  /// HateCheck's own CSV: `functionality`, `test_case`, `label_gold`.
  [[nodiscard]] base::Result<std::vector<HateCheckCase>> hatecheck(const std::string& path) const;
  /// One innocent text a line; how many any category flags.
  [[nodiscard]] base::Result<NearMissFigures> near_misses(const std::string& path,
                                                          const Thresholds& thresholds) const;

 private:
  const scoring::Engine* engine_;
  std::string model_;
  unsigned threads_;
};

}  // namespace dss::app
