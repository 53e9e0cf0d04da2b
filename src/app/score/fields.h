// What `dss score` adds to a row.
#pragma once

#include <string>
#include <vector>

#include "records/row_writer.h"
#include "scoring/engine.h"
#include "weights/card.h"

namespace dss::app {

/// `score`, `toxicity_level`, `confidence`, `categories` (CSV: a column a category,
/// `categories.toxic` …), `model_used`, `model_version`, and `language` and `language_supported` as
/// `/analyze` answers them: every model has detected the language anyway.
class ScoreFields {
 public:
  /// `nest`: if not empty, all of it stands under one member of this name (CSV: `<nest>.score` …),
  /// so that rows can have a `score` of their own.
  ScoreFields(const weights::Card& card, std::string model, std::string nest);

  [[nodiscard]] records::AddedNames names() const;
  /// REQUIRES: `outcome` came from the card's model. Errors: kInternal if its probabilities are
  /// none.
  [[nodiscard]] base::Result<records::Additions> of(const scoring::Outcome& outcome) const;

 private:
  std::vector<std::string> labels_;
  std::string model_;
  std::string version_;
  std::string nest_;
};

}  // namespace dss::app
