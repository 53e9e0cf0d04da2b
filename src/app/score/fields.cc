#include "app/score/fields.h"

#include "api/native/score_response.h"
#include "api/verdict.h"
#include "json/writer.h"

namespace dss::app {
namespace {

std::string number_text(float value) {
  std::string text;
  json::append_number(value, &text);
  return text;
}

const char* bool_text(bool value) { return value ? "true" : "false"; }

void append_language(const scoring::Outcome& outcome, std::string* members) {
  *members += ",\"language\":";
  json::append_string(outcome.language, members);
  *members += ",\"language_supported\":";
  *members += bool_text(outcome.language_supported);
}

}  // namespace

ScoreFields::ScoreFields(const weights::Card& card, std::string model, std::string nest)
    : model_(std::move(model)), version_(card.version), nest_(std::move(nest)) {
  for (const weights::Label& label : card.labels) labels_.push_back(label.name);
}

records::AddedNames ScoreFields::names() const {
  std::vector<std::string> csv = {"score", "toxicity_level", "confidence"};
  for (const std::string& label : labels_) csv.push_back("categories." + label);
  csv.insert(csv.end(), {"model_used", "model_version", "language", "language_supported"});
  if (nest_.empty()) {
    std::vector<std::string> members = api::native::row_member_names();
    members.insert(members.end(), {"language", "language_supported"});
    return {std::move(members), csv};
  }
  for (std::string& name : csv) name.insert(0, nest_ + ".");
  return {{nest_}, csv};
}

base::Result<records::Additions> ScoreFields::of(const scoring::Outcome& outcome) const {
  const auto verdict = api::verdict_of(outcome);
  if (!verdict)
    return base::fail(base::ErrorKind::kInternal, "the model gave no probability for 'toxic'");
  records::Additions additions;
  additions.members = api::native::row_members(outcome, *verdict, model_);
  append_language(outcome, &additions.members);
  if (!nest_.empty()) {
    std::string name;
    json::append_string(nest_, &name);
    additions.members = name + ":{" + additions.members + "}";
  }
  additions.cells = {std::to_string(verdict->score), std::string(api::level_name(verdict->level)),
                     number_text(verdict->confidence)};
  for (std::size_t i = 0; i < labels_.size(); ++i)
    additions.cells.push_back(number_text(outcome.scores.probability[i]));
  additions.cells.insert(additions.cells.end(), {model_, version_, std::string(outcome.language),
                                                 bool_text(outcome.language_supported)});
  return additions;
}

}  // namespace dss::app
