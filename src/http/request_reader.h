// Takes requests out of an exchange's buffer: head, framing, body. Knows no sockets, so that tests
// and fuzzers drive it.
#pragma once

#include <string_view>

#include "base/rng.h"
#include "http/exchange.h"
#include "http/limits.h"
#include "trace/sampler.h"

namespace dss::http {

struct ReadResult {
  enum class State : std::uint8_t { kIncomplete, kComplete, kRefused };
  State state = State::kIncomplete;
  int status = 0;  ///< of kRefused, with the reason
  std::string_view reason{};
};

/// Reads one head from the bytes not consumed: fills `head` and `framing` and moves behind it. If a
/// body is to follow that is not there yet, the head is first moved to the buffer's front, where
/// the body has room; that waits until `may_move` (no read is under way). Empty lines in front are
/// skipped.
[[nodiscard]] ReadResult read_head(Exchange* exchange, const Limits& limits, bool may_move);

/// Fills `request` from head and framing, but for body and arrival. Takes over the client's request
/// id and trace, or makes new ones; `sampler` says which of the new traces are recorded. REQUIRES:
/// read_head() was complete.
void make_request(Exchange* exchange, base::Rng* rng, const trace::RatioSampler& sampler = {});

/// Whether bytes of the body are still to come.
[[nodiscard]] bool body_is_incomplete(const Exchange& exchange);

/// Reads the body, at most `max_body` bytes of it, and moves behind it; at the end `request.body`
/// shows it.
[[nodiscard]] ReadResult read_body(Exchange* exchange, const Limits& limits);

}  // namespace dss::http
