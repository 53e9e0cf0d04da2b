// From a model's outcome to what a protocol answers, with statistics and metrics told on the way.
#pragma once

#include <string_view>

#include "api/service.h"
#include "api/verdict.h"
#include "base/clock.h"
#include "base/result.h"
#include "http/message.h"
#include "scoring/engine.h"

namespace dss::api {

/// A text's result.
struct Scored {
  std::string_view model;  ///< that answered; that was asked, if none did
  base::Result<scoring::Outcome> outcome;
  Verdict verdict;  ///< of the outcome
};

/// The request whose texts they are.
struct Asker {
  const http::Request& request;
  base::SteadyTime begun;   ///< when its handler began
  base::SteadyTime parsed;  ///< when its texts were known
};

/// By whom a fair share of the queue is kept: the caller's key, else its network if quotas count
/// those.
[[nodiscard]] inline std::uint64_t account_of(const http::Caller& caller) {
  return caller.account != 0 ? caller.account : caller.network;
}

/// Tells statistics and observer what became of a text that `model` was asked about. Thread-safe.
[[nodiscard]] Scored judge(const Service& service, const Asker& asker, std::string_view model,
                           base::Result<scoring::Outcome> outcome);

/// The same without telling anybody.
[[nodiscard]] Scored judge_untold(std::string_view model, base::Result<scoring::Outcome> outcome);

}  // namespace dss::api
