// Signals as values: blocked in every thread, taken by the one that waits for them.
#pragma once

namespace dss::app {

/// Blocks SIGTERM, SIGINT and SIGHUP for this thread and those it starts later, and ignores
/// SIGPIPE and SIGXFSZ: a write to a client that has gone, or beyond the limit of a file's size,
/// fails instead. Call before any thread is started.
void block_signals();

/// Waits for SIGTERM, SIGINT or SIGHUP. REQUIRES: block_signals().
[[nodiscard]] int wait_for_signal();

/// Whether SIGTERM or SIGINT is already waiting: somebody is impatient. Takes it.
[[nodiscard]] bool stop_signal_pending();

}  // namespace dss::app
