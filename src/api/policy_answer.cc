#include "api/policy_answer.h"

namespace dss::api {
namespace {

using Rule = policy::Reason::Rule;

void write_reason(const policy::Reason& reason, json::Writer* writer) {
  writer->begin_object();
  writer->key("rule").string(policy::rule_name(reason.rule));
  if (!reason.category.empty()) writer->key("category").string(reason.category);
  if (reason.rule == Rule::kBand || reason.rule == Rule::kThreshold) {
    writer->key("from").number(reason.from);
  }
  if (reason.rule == Rule::kBand) writer->key("to").number(reason.to);
  if (!reason.phrase.empty()) writer->key("phrase").string(reason.phrase);
  writer->end_object();
}

}  // namespace

void write_reasons(const policy::Decision& decision, json::Writer* writer) {
  writer->key("reasons").begin_array();
  for (const policy::Reason& reason : decision.reasons) write_reason(reason, writer);
  writer->end_array();
}

void write_policy(const policy::Policy& policy, const policy::Decision& decision,
                  json::Writer* writer) {
  writer->key("policy").begin_object();
  writer->key("id").string(policy.id);
  writer->key("version").string(policy.version);
  writer->key("action").string(policy::action_name(decision.action));
  write_reasons(decision, writer);
  writer->end_object();
}

}  // namespace dss::api
