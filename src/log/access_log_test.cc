#include "log/access_log.h"

#include <fcntl.h>
#include <unistd.h>

#include "gtest/gtest.h"

namespace dss::log {
namespace {

AccessRecord sample_record() {
  AccessRecord record;
  record.method = "POST";
  record.route = "/analyze";
  record.status = 200;
  record.request_bytes = 40;
  record.response_bytes = 400;
  record.duration = std::chrono::nanoseconds(421'999);
  record.request_id = "r-1";
  return record;
}

/// The lines that `use` logs, without their times.
template <typename Use>
std::string logged(Use use) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const base::ManualClock clock;
  {
    Logger logger({.file_descriptor = ends[1], .clock = &clock});
    use(&logger);
  }
  ::close(ends[1]);
  char text[8192];
  const ssize_t got = ::read(ends[0], text, sizeof text);
  ::close(ends[0]);
  return {text, static_cast<std::size_t>(got)};
}

TEST(AccessLog, ALineTellsWhatHappenedAndNothingPersonal) {
  const std::string line = logged([](Logger* logger) {
    AccessLog access(logger, 1);
    AccessRecord record = sample_record();
    record.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
    access.write(record);
  });
  EXPECT_EQ(line,
            R"({"time":"1970-01-01T00:00:00.000000+00:00","level":"info","message":"request",)"
            R"("method":"POST","route":"/analyze","status":200,"request_bytes":40,)"
            R"("response_bytes":400,"duration_ms":0.421,"request_id":"r-1",)"
            R"("trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"})"
            "\n");
}

TEST(AccessLog, FailuresAreErrorsAndATraceMayBeMissing) {
  const std::string line = logged([](Logger* logger) {
    AccessLog access(logger, 1);
    AccessRecord record = sample_record();
    record.status = 500;
    access.write(record);
  });
  EXPECT_NE(line.find(R"("level":"error")"), std::string::npos);
  EXPECT_EQ(line.find("trace_id"), std::string::npos);
}

TEST(AccessLog, SamplesOneInNButAllFailures) {
  Logger logger({});
  AccessLog access(&logger, 10);
  int wanted = 0;
  for (int i = 0; i < 1000; ++i) wanted += access.wanted(200) ? 1 : 0;
  EXPECT_EQ(wanted, 100);
  EXPECT_TRUE(access.wanted(500));
}

TEST(AccessLog, RefusalsOfAnOverloadedServerAreSampledLikeAnswers) {
  Logger logger({});
  AccessLog access(&logger, 10);
  int wanted = 0;
  for (int i = 0; i < 1000; ++i) wanted += access.wanted(503) ? 1 : 0;
  EXPECT_EQ(wanted, 100);
  const std::string line = logged([](Logger* sink) {
    AccessRecord record = sample_record();
    record.status = 503;
    AccessLog(sink, 1).write(record);
  });
  EXPECT_NE(line.find(R"("level":"info")"), std::string::npos);
}

TEST(AccessLog, ZeroAndAHighLevelMeanNone) {
  Logger logger({});
  AccessLog off(&logger, 0);
  EXPECT_FALSE(off.wanted(500));
  Logger quiet({.level = Level::kError});
  AccessLog only_failures(&quiet, 1);
  EXPECT_FALSE(only_failures.wanted(200));
  EXPECT_TRUE(only_failures.wanted(502));
}

}  // namespace
}  // namespace dss::log
