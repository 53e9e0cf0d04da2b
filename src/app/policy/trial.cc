#include "app/policy/trial.h"

#include <algorithm>

#include "api/policy_answer.h"
#include "api/policy_choice.h"
#include "api/verdict.h"
#include "json/writer.h"

namespace dss::app {
namespace {

using policy::Action;

void append_change(std::size_t line, int score, Action without, const policy::Decision& decision,
                   std::string* out) {
  json::Writer writer(out);
  writer.begin_object();
  writer.key("line").unsigned_integer(line);
  writer.key("score").integer(score);
  writer.key("without").string(policy::action_name(without));
  writer.key("with").string(policy::action_name(decision.action));
  api::write_reasons(decision, &writer);
  writer.end_object();
  *out += '\n';
}

std::string row(std::string_view name, std::uint64_t without, std::uint64_t with) {
  const auto column = [](const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
  };
  return std::string(name) + std::string(8 - name.size(), ' ') +
         column(std::to_string(without), 12) + column(std::to_string(with), 12) + "\n";
}

}  // namespace

void Trial::take(std::size_t line, std::string_view text, const scoring::Outcome& outcome,
                 std::string* out) {
  const auto verdict = api::verdict_of(outcome);
  if (!verdict) return fail();
  const policy::Decision before = api::decide(none_, {}, outcome, *operators_);
  const policy::Decision after =
      api::decide(*policy_, policy::match_lists(*policy_, text), outcome, *operators_);
  ++counts_.texts;
  ++counts_.without[static_cast<std::size_t>(before.action)];
  ++counts_.with[static_cast<std::size_t>(after.action)];
  if (before.action == after.action) return;
  ++counts_.changed;
  append_change(line, verdict->score, before.action, after, out);
}

std::string describe(const TrialCounts& counts) {
  std::string out = "action       without        with\n";
  for (const Action action : {Action::kAllow, Action::kFlag, Action::kHold, Action::kBlock}) {
    const auto place = static_cast<std::size_t>(action);
    out += row(policy::action_name(action), counts.without[place], counts.with[place]);
  }
  out += std::to_string(counts.changed) + " of " + std::to_string(counts.texts) +
         " texts get another action\n";
  if (counts.failed > 0) out += std::to_string(counts.failed) + " rows could not be scored\n";
  return out;
}

}  // namespace dss::app
