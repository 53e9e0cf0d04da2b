// Writing lines to a descriptor that may be full, slow, or gone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace dss::log {

/// Writes whole lines in pieces of at most 4 KB (what a pipe that polls as writable takes without
/// blocking).
///   give_up   asked about ten times a second while nothing moves
/// Returns the lines that were not written: those of a failed write (full disk, closed pipe) and,
/// after giving up, all that were left. REQUIRES: `lines` ends with a newline; the calling thread
/// blocks SIGPIPE.
std::uint64_t write_lines(int descriptor, std::string_view lines,
                          const std::function<bool()>& give_up);

}  // namespace dss::log
