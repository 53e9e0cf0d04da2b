#include "app/anonymize/anonymize_command.h"
#include "app/command.h"
#include "app/compare/compare_command.h"
#include "app/eval/eval_command.h"
#include "app/features_command.h"
#include "app/feedback/feedback_command.h"
#include "app/keys/keys_command.h"
#include "app/policy/policy_command.h"
#include "app/privacy/privacy_command.h"
#include "app/score/score_command.h"
#include "app/serve/serve.h"
#include "app/serve_command.h"

namespace dss::app {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_serve_command(serve));
  commands.push_back(make_score_command());
  commands.push_back(make_anonymize_command());
  commands.push_back(make_features_command());
  commands.push_back(make_eval_command());
  commands.push_back(make_feedback_command());
  commands.push_back(make_policy_command());
  commands.push_back(make_keys_command());
  commands.push_back(make_privacy_command());
  commands.push_back(make_compare_command());
  return commands;
}

}  // namespace dss::app
