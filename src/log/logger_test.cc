#include "log/logger.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace dss::log {
namespace {

/// A pipe; what was written to it can be read back once the writing end is closed.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe2(ends_, O_CLOEXEC), 0); }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_reader() { close(&ends_[0]); }
  void close_writer() { close(&ends_[1]); }
  std::string read_all() {
    std::string out;
    char piece[65536];
    for (ssize_t got = 0; (got = ::read(ends_[0], piece, sizeof piece)) > 0;)
      out.append(piece, static_cast<std::size_t>(got));
    return out;
  }

 private:
  static void close(int* end) {
    if (*end >= 0) ::close(*end);
    *end = -1;
  }
  int ends_[2] = {-1, -1};
};

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    lines.push_back(text.substr(begin, end - begin));
  EXPECT_EQ(begin, text.size()) << "the last line is cut";
  return lines;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

TEST(Logger, LosesNothingAtANormalExit) {
  Pipe pipe;
  std::string read;
  std::thread reader([&] { read = pipe.read_all(); });
  {
    Logger logger({.file_descriptor = pipe.writer(), .ring_bytes = 4 << 20});
    for (int i = 0; i < 5000; ++i) logger.info("line", {{"n", std::int64_t{i}}});
    EXPECT_EQ(logger.dropped(), 0U);
  }
  pipe.close_writer();
  reader.join();
  const auto lines = split_lines(read);
  ASSERT_EQ(lines.size(), 5000U);
  EXPECT_NE(lines[4999].find("\"n\":4999}"), std::string::npos);
}

TEST(Logger, LinesThatComeTogetherAreWrittenTogether) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC | O_DIRECT), 0);  // every write stays a packet of its own
  {
    Logger logger({.file_descriptor = ends[1]});
    for (int i = 0; i < 40; ++i) {
      logger.info("line");
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  }
  ::close(ends[1]);
  int packets = 0;
  char piece[65536];
  while (::read(ends[0], piece, sizeof piece) > 0) ++packets;
  ::close(ends[0]);
  EXPECT_LE(packets, 5);
}

TEST(Logger, LinesOfManyThreadsStayWhole) {
  Pipe pipe;
  std::string read;
  std::thread reader([&] { read = pipe.read_all(); });
  {
    Logger logger({.file_descriptor = pipe.writer(), .ring_bytes = 8 << 20});
    std::vector<std::thread> threads;
    for (std::int64_t t = 0; t < 4; ++t) {
      threads.emplace_back([&logger, t] {
        for (std::int64_t i = 0; i < 1000; ++i) logger.info("line", {{"id", t * 1000 + i}});
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  pipe.close_writer();
  reader.join();
  const auto lines = split_lines(read);
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 4000U);
  for (const std::string& line : lines) EXPECT_EQ(line.front() == '{' && line.back() == '}', true);
}

TEST(Logger, APipeNobodyReadsNeverStallsTheCallerAndDropsAreCounted) {
  Pipe pipe;
  const auto begin = std::chrono::steady_clock::now();
  {
    Logger logger({.file_descriptor = pipe.writer(), .ring_bytes = 64 << 10});
    for (int i = 0; i < 20'000; ++i) logger.info("nobody reads this");
    EXPECT_LT(seconds_since(begin), 1.0);
    EXPECT_GT(logger.dropped(), 10'000U);
  }
  EXPECT_LT(seconds_since(begin), 2.0) << "the destructor waits a second at most";
}

TEST(Logger, AfterAJamItSaysHowManyLinesWereDropped) {
  Pipe pipe;
  std::string read;
  std::thread reader;
  {
    Logger logger({.file_descriptor = pipe.writer(), .ring_bytes = 16 << 10});
    for (int i = 0; i < 5000; ++i) logger.info("jam");
    ASSERT_GT(logger.dropped(), 0U);
    reader = std::thread([&] { read = pipe.read_all(); });
  }
  pipe.close_writer();
  reader.join();
  const std::string mark = "were dropped\",\"lines\":";
  std::size_t accounted = 0;
  for (const std::string& line : split_lines(read)) {
    const std::size_t found = line.find(mark);
    accounted += found == std::string::npos ? 1 : std::stoul(line.substr(found + mark.size()));
  }
  EXPECT_EQ(accounted, 5000U);
}

TEST(Logger, AFullDiskIsCountedAndStallsNobody) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  const auto begin = std::chrono::steady_clock::now();
  {
    Logger logger({.file_descriptor = full});
    for (int i = 0; i < 100; ++i) logger.info("lost");
    while (logger.dropped() < 100 && seconds_since(begin) < 5)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_EQ(logger.dropped(), 100U);
  }
  EXPECT_LT(seconds_since(begin), 1.0);
  ::close(full);
}

TEST(Logger, AClosedPipeDoesNotEndTheProcess) {
  Pipe pipe;
  pipe.close_reader();
  const auto begin = std::chrono::steady_clock::now();
  Logger logger({.file_descriptor = pipe.writer()});
  logger.info("to nobody");
  while (logger.dropped() == 0 && seconds_since(begin) < 5)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(logger.dropped(), 1U);
}

TEST(Logger, WritesNothingBelowItsLevel) {
  Pipe pipe;
  {
    Logger logger({.file_descriptor = pipe.writer(), .level = Level::kWarn});
    EXPECT_FALSE(logger.enabled(Level::kInfo));
    logger.info("quiet");
    logger.error("loud");
  }
  pipe.close_writer();
  const auto lines = split_lines(pipe.read_all());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find(R"("level":"error","message":"loud")"), std::string::npos);
}

}  // namespace
}  // namespace dss::log
