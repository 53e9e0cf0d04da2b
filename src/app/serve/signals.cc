#include "app/serve/signals.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

namespace dss::app {
namespace {

sigset_t signals_of(bool with_hangup) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  if (with_hangup) sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

void block_signals() {
  const sigset_t set = signals_of(true);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

int wait_for_signal() {
  const sigset_t set = signals_of(true);
  int number = 0;
  while (sigwait(&set, &number) != 0) {
  }
  return number;
}

bool stop_signal_pending() {
  const sigset_t set = signals_of(false);
  const timespec now{};
  return sigtimedwait(&set, nullptr, &now) > 0;
}

}  // namespace dss::app
