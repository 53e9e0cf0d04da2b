#include "app/last_words.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "app/exit_status.h"

namespace dss::app {
namespace {

template <typename Error>
void end_by(const Error& error) {
  set_last_words();
  std::thread([&] { throw error; }).join();
}

TEST(LastWords, NoMemoryIsSaidInOneLine) {
  EXPECT_EXIT(end_by(std::bad_alloc()), testing::ExitedWithCode(kFailure),
              "^dss: the system gives no more memory; [^\n]*\n$");
}

TEST(LastWords, NoThreadsAreSaidInOneLine) {
  const auto code = std::make_error_code(std::errc::resource_unavailable_try_again);
  EXPECT_EXIT(end_by(std::system_error(code)), testing::ExitedWithCode(kFailure),
              "^dss: the system gives no more threads; [^\n]*\n$");
}

TEST(LastWords, ADefectIsNamed) {
  EXPECT_DEATH(end_by(std::logic_error("what is wrong")),
               "dss: a defect ended the program: what is wrong");
}

}  // namespace
}  // namespace dss::app
