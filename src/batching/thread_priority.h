// How the scheduler treats the workers' threads.
#pragma once

namespace dss::batching {

/// Makes the calling thread a background one: SCHED_BATCH with a nice value, and timers to 10 µs so
/// that waiting for a fraction of a millisecond is that. What the system refuses stays as it was.
void become_background_thread(int nice);

}  // namespace dss::batching
