#include "batching/thread_priority.h"

#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace dss::batching {

void become_background_thread(int nice) {
  pthread_setname_np(pthread_self(), "encoder");
  const sched_param priority{};
  pthread_setschedparam(pthread_self(), SCHED_BATCH, &priority);
  // On Linux a nice value belongs to a thread.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice);
  constexpr unsigned long kTimerSlackNanoseconds = 10'000;
  prctl(PR_SET_TIMERSLACK, kTimerSlackNanoseconds, 0, 0, 0);
}

}  // namespace dss::batching
