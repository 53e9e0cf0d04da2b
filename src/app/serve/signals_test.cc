#include "app/serve/signals.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace dss::app {
namespace {

/// The errno of a write to a file that may not grow, in a process of its own: the limit stays.
[[noreturn]] void write_beyond_the_limit() {
  block_signals();
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  std::FILE* file = std::tmpfile();
  if (file == nullptr || setrlimit(RLIMIT_FSIZE, &none) != 0) std::_Exit(255);
  std::_Exit(::write(fileno(file), "x", 1) < 0 ? errno : 0);
}

TEST(Signals, AFileThatMayNotGrowFailsTheWriteAndEndsNobody) {
  EXPECT_EXIT(write_beyond_the_limit(), testing::ExitedWithCode(EFBIG), "");
}

}  // namespace
}  // namespace dss::app
