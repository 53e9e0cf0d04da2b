// How pattern items are read.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <cstdint>

namespace dss::blocklist {

/// Memory for the automata of one expression; `{1000}` repetitions are refused by it. With more of
/// it, texts that need a new state for every byte are read slower, not faster.
inline constexpr std::int64_t kExpressionBytes = std::int64_t{1} << 18;
/// The same of all expressions together.
inline constexpr std::int64_t kExpressionSetBytes = std::int64_t{64} << 20;

/// UTF-8, capitals and small letters alike, errors returned and not printed.
[[nodiscard]] inline RE2::Options expression_options() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(kExpressionBytes);
  return options;
}

}  // namespace dss::blocklist
