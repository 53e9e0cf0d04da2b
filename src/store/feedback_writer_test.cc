#include "store/feedback_writer.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <atomic>

#include "store/test_folder.h"

namespace dss::store {
namespace {

using namespace std::chrono_literals;

Entry entry(const std::string& id, base::SystemTime received) {
  return {.id = id, .received = received, .text_hash = "h", .labels = {{"toxic", 1}}};
}

template <typename Condition>
bool soon(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + 10s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

class Writer : public testing::Test {
 protected:
  Writer() { clock_.advance(std::chrono::hours(24 * 365)); }
  FeedbackWriter::Config config() {
    FeedbackWriter::Config config;
    config.open = [this] { return open_feedback(location()); };
    config.first_pause = 5ms;
    config.longest_pause = 20ms;
    config.clock = &clock_;
    config.observe = [this](Kept kept, std::size_t count) {
      counts_[static_cast<std::size_t>(kept)] += count;
    };
    return config;
  }
  [[nodiscard]] Location location() const {
    return {Location::Kind::kSqlite, folder_.path("feedback.db")};
  }
  [[nodiscard]] std::size_t counted(Kept kept) const {
    return counts_[static_cast<std::size_t>(kept)];
  }
  [[nodiscard]] Statistics statistics() const {
    const auto feedback = open_feedback(location());
    if (!feedback) return {};
    return (*feedback)->statistics().value_or(Statistics());
  }
  [[nodiscard]] Entry now(const std::string& id) const { return entry(id, clock_.system()); }

  TestFolder folder_;
  base::ManualClock clock_;
  std::array<std::atomic<std::size_t>, 3> counts_{};
};

TEST_F(Writer, KeepsWhatItIsOffered) {
  FeedbackWriter writer(config());
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(writer.offer(now(std::to_string(i))));
  EXPECT_TRUE(soon([&] { return counted(Kept::kKept) == 1000; }));
  EXPECT_EQ(writer.queued(), 0U);
  EXPECT_EQ(statistics().entries, 1000U);
}

TEST_F(Writer, WritesWhatIsQueuedBeforeItEnds) {
  {
    FeedbackWriter writer(config());
    for (int i = 0; i < 600; ++i) writer.offer(now(std::to_string(i)));
  }
  EXPECT_EQ(counted(Kept::kKept), 600U);
  EXPECT_EQ(statistics().entries, 600U);
}

TEST_F(Writer, AnAbsentDatabaseDelaysNobodyAndDropsAreCounted) {
  {
    FeedbackWriter::Config absent = config();
    absent.queue_bytes = 4096;
    absent.open = [] {
      return base::Result<std::unique_ptr<Feedback>>(
          base::fail(base::ErrorKind::kUnavailable, "no such server"));
    };
    FeedbackWriter writer(absent);
    std::size_t taken = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) taken += writer.offer(now(std::to_string(i))) ? 1 : 0;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_GT(taken, 0U);
    EXPECT_LT(taken, 1000U);
    EXPECT_EQ(counted(Kept::kDropped), 1000 - taken);
  }
  EXPECT_EQ(counted(Kept::kDropped), 1000U) << "what waited is told too";
}

TEST_F(Writer, ADatabaseThatComesLateGetsEverything) {
  std::atomic<bool> there = false;
  FeedbackWriter::Config late = config();
  late.open = [&]() -> base::Result<std::unique_ptr<Feedback>> {
    if (!there) return base::fail(base::ErrorKind::kUnavailable, "not yet");
    return open_feedback(location());
  };
  FeedbackWriter writer(late);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(writer.offer(now(std::to_string(i))));
  std::this_thread::sleep_for(30ms);
  EXPECT_EQ(writer.queued(), 10U);
  there = true;
  EXPECT_TRUE(soon([&] { return counted(Kept::kKept) == 10; }));
}

TEST_F(Writer, ALockedDatabaseDelaysNobodyAndGetsEverythingOnceUnlocked) {
  FeedbackWriter writer(config());
  ASSERT_TRUE(soon([&] { return statistics().first == std::nullopt; }));
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(location().value.c_str(), &other), SQLITE_OK);
  ASSERT_TRUE(soon([&] {
    return sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  }));
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(writer.offer(now(std::to_string(i))));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 500ms);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(counted(Kept::kKept), 0U);
  sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_TRUE(soon([&] { return counted(Kept::kKept) == 10; }));
}

/// A database that refuses one entry for good.
class Picky final : public Feedback {
 public:
  base::Status add(std::span<const Entry> entries) override {
    for (const Entry& each : entries) {
      if (each.id == "bad") return base::fail(base::ErrorKind::kInternal, "a broken rule");
    }
    return {};
  }
  base::Result<std::vector<Numbered>> after(std::int64_t, base::SystemTime, std::size_t) override {
    return std::vector<Numbered>();
  }
  base::Result<std::uint64_t> remove_client(const std::string&) override { return 0; }
  base::Result<Expired> expire(const Expiry&) override { return Expired(); }
  base::Result<Statistics> statistics() override { return Statistics(); }
};

TEST_F(Writer, WhatADatabaseRefusesForGoodDoesNotBlockTheRest) {
  FeedbackWriter::Config picky = config();
  picky.open = [] { return base::Result<std::unique_ptr<Feedback>>(std::make_unique<Picky>()); };
  FeedbackWriter writer(picky);
  writer.offer(now("bad"));
  EXPECT_TRUE(soon([&] { return counted(Kept::kFailed) == 1; }));
  writer.offer(now("good"));
  EXPECT_TRUE(soon([&] { return counted(Kept::kKept) == 1; }));
}

TEST_F(Writer, EnforcesRetentionWhileItRuns) {
  FeedbackWriter::Config strict = config();
  strict.texts_kept = std::chrono::days(7);
  strict.entries_kept = std::chrono::days(30);
  FeedbackWriter writer(strict);
  Entry with_text = now("a");
  with_text.text = "words";
  writer.offer(with_text);
  ASSERT_TRUE(soon([&] { return statistics().with_text == 1; }));
  clock_.advance(std::chrono::days(6));
  std::this_thread::sleep_for(1200ms);
  EXPECT_EQ(statistics().with_text, 1U) << "not too early";
  clock_.advance(std::chrono::days(2));
  EXPECT_TRUE(soon([&] { return statistics().with_text == 0; }));
  EXPECT_EQ(statistics().entries, 1U);
  clock_.advance(std::chrono::days(30));
  EXPECT_TRUE(soon([&] { return statistics().entries == 0; }));
}

}  // namespace
}  // namespace dss::store
