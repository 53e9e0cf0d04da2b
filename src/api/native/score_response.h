// The answer of `POST /analyze`.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/verdict.h"
#include "base/clock.h"
#include "blocklist/matcher.h"
#include "json/writer.h"
#include "policy/policy.h"
#include "policy/thresholds.h"
#include "scoring/engine.h"

namespace dss::api::native {

/// What the answer needs beside the outcome.
struct ScoreAnswer {
  std::string_view model;  ///< `model_used`
  Verdict verdict;
  std::chrono::nanoseconds processing{};
  base::SystemTime timestamp;
  std::size_t trimmed_in_front = 0;                ///< added to all offsets
  const policy::Thresholds* thresholds = nullptr;  ///< the operator's, over the card's; may be null
  const policy::Policy* policy = nullptr;          ///< null: none applies
  const policy::Decision* decision = nullptr;      ///< the policy's
  /// Of the text with the blocklists; null: there are none.
  const std::vector<blocklist::Match>* blocklists = nullptr;
};

/// The members that every scored text has here and in bulk results: `score`, `toxicity_level`,
/// `confidence`, `categories`. Probabilities are the shortest decimals that give the model's float
/// back.
void write_verdict(const scoring::Outcome& outcome, const Verdict& verdict, json::Writer* writer);

/// The member `blocklists`; `shift` code points are added to all offsets.
void write_blocklists(const std::vector<blocklist::Match>& matches, std::size_t shift,
                      json::Writer* writer);

/// What a row gets, as members without braces: write_verdict()'s, `model_used`, `model_version`.
[[nodiscard]] std::string row_members(const scoring::Outcome& outcome, const Verdict& verdict,
                                      std::string_view model);
/// The names of those members.
[[nodiscard]] std::vector<std::string> row_member_names();

/// The whole body. `flagged` names the categories at or over their threshold; `deobfuscated` and
/// `truncated` stand there only when true; `explanation` only when the outcome has one;
/// `policy` only when one applies; `blocklists` when the server has some.
[[nodiscard]] std::string write_score_response(const scoring::Outcome& outcome,
                                               const ScoreAnswer& answer);

}  // namespace dss::api::native
