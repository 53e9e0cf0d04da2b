#include "records/ordered_pipeline.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/rng.h"
#include "gtest/gtest.h"

namespace dss::records {
namespace {

/// Hands out `count` chunks.
auto counting_reader(std::size_t count) {
  return [count, next = std::size_t{0}]() mutable -> base::Result<std::optional<Chunk>> {
    if (next == count) return std::nullopt;
    Chunk chunk;
    chunk.index = next++;
    return chunk;
  };
}

std::string expected_order(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += std::to_string(i) + ",";
  return out;
}

TEST(OrderedPipeline, ResultsComeInOrderHoweverLongEachTakes) {
  for (const std::size_t workers : {1, 2, 7}) {
    std::string out;
    const base::Status status = run_ordered(
        workers, {.read = counting_reader(300),
                  .transform =
                      [](std::size_t, const Chunk& chunk) {
                        base::Rng rng(chunk.index);
                        std::this_thread::sleep_for(std::chrono::microseconds(rng.below(500)));
                        return std::to_string(chunk.index) + ",";
                      },
                  .write =
                      [&](const std::string& text) {
                        out += text;
                        return base::Status();
                      }});
    EXPECT_TRUE(status.has_value());
    EXPECT_EQ(out, expected_order(300));
  }
}

TEST(OrderedPipeline, ASlowFirstPieceBoundsWhatIsHeld) {
  std::atomic<int> read{0};
  int most_ahead = 0;
  int written = 0;
  auto reader = counting_reader(200);
  const base::Status status =
      run_ordered(4, {.read =
                          [&] {
                            ++read;
                            return reader();
                          },
                      .transform =
                          [](std::size_t, const Chunk& chunk) {
                            if (chunk.index == 0)
                              std::this_thread::sleep_for(std::chrono::milliseconds(100));
                            return std::string("x");
                          },
                      .write =
                          [&](const std::string&) {
                            most_ahead = std::max(most_ahead, read - written);
                            ++written;
                            return base::Status();
                          }});
  EXPECT_TRUE(status.has_value());
  EXPECT_EQ(written, 200);
  EXPECT_LE(most_ahead, 17) << "4 × workers, and the read that finds the end";
}

TEST(OrderedPipeline, AFailedWriteStopsEverything) {
  int written = 0;
  const base::Status status =
      run_ordered(3, {.read = counting_reader(1'000'000),
                      .transform = [](std::size_t, const Chunk&) { return std::string("x"); },
                      .write = [&](const std::string&) -> base::Status {
                        if (++written < 5) return {};
                        return base::fail(base::ErrorKind::kIo, "the disk is full");
                      }});
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "the disk is full");
  EXPECT_EQ(written, 5);
}

TEST(OrderedPipeline, WhatWasReadBeforeAFailedReadIsStillWritten) {
  auto reader = counting_reader(10);
  std::string out;
  const base::Status status = run_ordered(
      3, {.read = [&]() -> base::Result<std::optional<Chunk>> {
            auto chunk = reader();
            if (chunk && !*chunk) return base::fail(base::ErrorKind::kCorrupt, "cut short");
            return chunk;
          },
          .transform = [](std::size_t, const Chunk& c) { return std::to_string(c.index) + ","; },
          .write =
              [&](const std::string& text) {
                out += text;
                return base::Status();
              }});
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "cut short");
  EXPECT_EQ(out, expected_order(10));
}

TEST(OrderedPipeline, AnExceptionBecomesAnError) {
  const base::Status status =
      run_ordered(2, {.read = counting_reader(100),
                      .transform = [](std::size_t, const Chunk&) -> std::string {
                        throw std::runtime_error("out of memory");
                      },
                      .write = [](const std::string&) { return base::Status(); }});
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "out of memory");
}

}  // namespace
}  // namespace dss::records
