#include "batching/policy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

namespace dss::batching {
namespace {

using namespace std::chrono_literals;
using base::ErrorKind;
using base::SteadyTime;
using Lengths = std::vector<std::uint32_t>;

const SteadyTime kStart{};

std::vector<std::uint32_t> tokens_of(const std::vector<Text>& batch) {
  std::vector<std::uint32_t> tokens;
  for (const Text& text : batch) tokens.push_back(text.tokens);
  return tokens;
}

std::vector<Text> take(Policy& policy) {
  std::vector<Text> batch;
  policy.take(&batch);
  return batch;
}

TEST(Policy, TakesTheOldestAndThoseOfTheNearestLengths) {
  Policy policy({.batch_tokens = 100});
  ASSERT_TRUE(policy.admit(0, nullptr, Lengths{30}, {}, kStart));
  ASSERT_TRUE(policy.admit(1, nullptr, Lengths{5, 60, 33, 28}, {}, kStart));
  auto tokens = tokens_of(take(policy));
  std::sort(tokens.begin(), tokens.end());
  EXPECT_EQ(tokens, (Lengths{5, 28, 30, 33}));
  EXPECT_EQ(policy.waiting_tokens(), 60U);
}

/// Works of 100 tokens arrive every 10 ms; the queue may stand at 400.
class StandingPolicyTest : public ::testing::Test {
 protected:
  bool admit(std::optional<SteadyTime> deadline = {}) {
    now_ += 10ms;
    return policy_.admit(++work_, nullptr, Lengths{100}, deadline, now_).has_value();
  }
  void fill(int works) {
    for (int i = 0; i < works; ++i) ASSERT_TRUE(admit());
  }

  Policy policy_{{.batch_tokens = 100, .standing_tokens_each = 400, .patience = 500ms}};
  WorkId work_ = 0;
  SteadyTime now_ = kStart;
};

TEST_F(StandingPolicyTest, AQueueThatStandsIsKeptShort) {
  fill(5 + 50);  // five until it is long, then for half a second
  EXPECT_FALSE(admit());
  while (policy_.waiting_tokens() > 400) {
    EXPECT_FALSE(admit());
    take(policy_);
  }
  EXPECT_TRUE(admit());
  EXPECT_FALSE(admit());
}

TEST_F(StandingPolicyTest, ABurstThatIsWorkedOffRefusesNobody) {
  ASSERT_TRUE(policy_.admit(++work_, nullptr, Lengths(40, 100), {}, now_));
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(admit());
    take(policy_);
    take(policy_);
  }
}

TEST_F(StandingPolicyTest, WhoNamesADeadlineIsTakenAtHisWord) {
  fill(5 + 50);
  EXPECT_TRUE(admit(now_ + 10s));
}

TEST(Policy, WithoutAStandingLimitOnlyAFullQueueRefuses) {
  Policy policy({.batch_tokens = 100, .queue_tokens = 20000, .standing_tokens_each = 0});
  SteadyTime now = kStart;
  for (WorkId work = 0; work < 200; ++work) {
    ASSERT_TRUE(policy.admit(work, nullptr, Lengths{100}, {}, now += 10ms));
  }
  EXPECT_FALSE(policy.admit(200, nullptr, Lengths{100}, {}, now += 10ms));
}

TEST(Policy, ATextLongerThanTheBudgetIsABatchOfItsOwn) {
  Policy policy({.batch_tokens = 100});
  ASSERT_TRUE(policy.admit(0, nullptr, Lengths{300, 1}, {}, kStart));
  EXPECT_EQ(tokens_of(take(policy)), Lengths{300});
  EXPECT_EQ(tokens_of(take(policy)), Lengths{1});
}

TEST(Policy, IdleWorkersShareWhatIsWorthSharing) {
  Policy policy({.workers = 2, .batch_tokens = 256});
  ASSERT_TRUE(policy.admit(0, nullptr, Lengths(20, 10), {}, kStart));
  EXPECT_EQ(take(policy).size(), 10U);
  policy.began(0, 100, kStart);
  EXPECT_EQ(take(policy).size(), 10U);
  policy.ended(0, kStart + 1ms);
  ASSERT_TRUE(policy.admit(1, nullptr, Lengths(6, 10), {}, kStart));
  EXPECT_EQ(take(policy).size(), 6U);
}

TEST(Policy, RefusesWhatTheQueueOrTheDeadlineDoesNotAllow) {
  Policy policy({.queue_tokens = 100});
  EXPECT_EQ(policy.admit(0, nullptr, Lengths{60, 41}, {}, kStart).error().kind,
            ErrorKind::kTooLarge);
  ASSERT_TRUE(policy.admit(1, nullptr, Lengths{60}, {}, kStart));
  EXPECT_EQ(policy.admit(2, nullptr, Lengths{41}, {}, kStart).error().kind,
            ErrorKind::kUnavailable);
  // 1,000 tokens a second: the 60 that wait take 60 ms.
  policy.began(0, 10, kStart);
  policy.ended(0, kStart + 10ms);
  const SteadyTime now = kStart + 10ms;
  EXPECT_EQ(policy.estimated_wait(now), 60ms);
  EXPECT_FALSE(policy.admit(3, nullptr, Lengths{1}, now + 59ms, now));
  EXPECT_TRUE(policy.admit(4, nullptr, Lengths{1}, now + 61ms, now));
  EXPECT_EQ(policy.waiting_texts(), 2U);
}

TEST(Policy, AnIdleWorkerIsNoWait) {
  Policy policy({.workers = 2});
  policy.began(0, 1000, kStart);
  policy.ended(0, kStart + 1s);
  policy.began(0, 1000, kStart + 1s);
  EXPECT_EQ(policy.estimated_wait(kStart + 1s), 0s);
  policy.began(1, 1000, kStart + 1s);
  EXPECT_EQ(policy.estimated_wait(kStart + 1500ms), 500ms);
}

/// One worker that computes 1,000 tokens a second.
class TurnsTest : public ::testing::Test {
 protected:
  TurnsTest() {
    policy_.began(0, 100, kStart);
    policy_.ended(0, now_);
  }
  void admit(WorkId work, const Lengths& lengths) {
    ASSERT_TRUE(policy_.admit(work, nullptr, lengths, {}, now_));
  }
  std::vector<WorkId> all() {
    std::vector<WorkId> works;
    for (auto batch = take(policy_); !batch.empty(); batch = take(policy_)) {
      for (const Text& text : batch) works.push_back(text.work);
    }
    return works;
  }

  Policy policy_{{.batch_tokens = 10}};
  SteadyTime now_ = kStart + 100ms;
};

TEST_F(TurnsTest, AShortTextPassesTheLaterWindowsOfALongOne) {
  admit(1, {10, 10, 10});  // they count as having come 80 ms apart
  now_ += 79ms;
  admit(2, {10});
  now_ += 2ms;
  admit(3, {10});
  EXPECT_EQ(all(), (std::vector<WorkId>{1, 2, 1, 3, 1}));
}

TEST_F(TurnsTest, NobodyIsPassedForLongerThanHalfASecond) {
  admit(1, Lengths(30, 10));
  now_ += Policy::kMostYield + 1ms;
  admit(2, {10});
  const auto order = all();
  EXPECT_EQ(order.size(), 31U);
  EXPECT_EQ(order.back(), 2U);
  EXPECT_EQ(policy_.waiting_tokens(), 0U);
}

TEST_F(TurnsTest, WaitingIsCountedFromTheArrival) {
  admit(1, {10, 10});
  now_ += 50ms;
  admit(2, {10});
  EXPECT_EQ(policy_.oldest_wait(now_), 50ms);
  take(policy_);
  EXPECT_EQ(policy_.oldest_wait(now_), 50ms) << "the second window came with the first";
}

TEST(Policy, NamesLateWorkOnceAndOnlyIfItHasNotBegun) {
  Policy policy({.batch_tokens = 10});
  ASSERT_TRUE(policy.admit(0, nullptr, Lengths{10, 10}, kStart + 1ms, kStart));
  ASSERT_TRUE(policy.admit(1, nullptr, Lengths{10, 10}, kStart + 1ms, kStart));
  EXPECT_EQ(take(policy).front().work, 0U);
  EXPECT_EQ(policy.take_late(kStart + 1ms), std::nullopt);
  EXPECT_EQ(policy.take_late(kStart + 2ms), 1U);
  EXPECT_EQ(policy.take_late(kStart + 2ms), std::nullopt);
  EXPECT_EQ(policy.waiting_tokens(), 10U);
}

TEST(Policy, ALoneTextStartsAtOnceHoweverOftenItComes) {
  Policy policy({});
  SteadyTime now = kStart;
  for (WorkId id = 0; id < 50; ++id) {
    ASSERT_TRUE(policy.admit(id, nullptr, Lengths{5}, {}, now));
    EXPECT_LE(*policy.ready_at(), now);
    take(policy);
    policy.began(0, 5, now);
    policy.ended(0, now += 100us);
  }
}

TEST(Policy, WaitsForMoreWhileTheyArriveFast) {
  const Limits limits{.batch_tokens = 60, .wait = 300us};
  Policy policy(limits);
  SteadyTime now = kStart;
  WorkId id = 0;
  const auto arrives = [&](std::chrono::microseconds gap) {
    ASSERT_TRUE(policy.admit(id++, nullptr, Lengths{10}, {}, now += gap));
  };
  for (int i = 0; i < 5; ++i) arrives(20us);
  EXPECT_EQ(*policy.ready_at(), now + 40us);
  arrives(20us);  // fills the budget
  EXPECT_LE(*policy.ready_at(), now);
  take(policy);
  EXPECT_FALSE(policy.ready_at());

  ASSERT_TRUE(policy.admit(id++, nullptr, Lengths{10}, now + 30us, now));
  EXPECT_LE(*policy.ready_at(), now) << "a deadline within the wait";
  take(policy);
  now += 60ms;
  arrives(0us);
  EXPECT_LE(*policy.ready_at(), now) << "after a silence nothing is expected";
}

TEST(Policy, OneGroupABatch) {
  const int old_model = 0;
  const int new_model = 0;
  Policy policy({.batch_tokens = 100});
  ASSERT_TRUE(policy.admit(0, &old_model, Lengths{10}, {}, kStart));
  ASSERT_TRUE(policy.admit(1, &new_model, Lengths{10}, {}, kStart));
  ASSERT_TRUE(policy.admit(2, &old_model, Lengths{10}, {}, kStart));
  auto batch = take(policy);
  ASSERT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch[1].work, 2U);
  EXPECT_EQ(take(policy).front().work, 1U);
}

/// Random clients against one policy: what every text goes through is written down.
struct Simulation {
  Limits limits{.workers = *rc::gen::inRange<std::size_t>(1, 4),
                .batch_tokens = *rc::gen::inRange<std::size_t>(1, 300),
                .queue_tokens = 2000};
  Policy policy{limits};
  SteadyTime now = kStart;
  WorkId next = 0;
  std::set<std::pair<WorkId, std::uint32_t>> waiting;
  std::map<std::pair<WorkId, std::uint32_t>, std::size_t> batches_until;  // the bound of fairness
  std::map<WorkId, SteadyTime> came;

  void arrive() {
    const auto lengths =
        *rc::gen::nonEmpty(rc::gen::container<Lengths>(rc::gen::inRange<std::uint32_t>(1, 130)));
    const auto allowed = *rc::gen::maybe(rc::gen::inRange(0, 2000));
    std::optional<SteadyTime> deadline;
    if (allowed) deadline = now + std::chrono::microseconds(*allowed);
    const auto* group = reinterpret_cast<const void*>(*rc::gen::inRange<std::uintptr_t>(1, 3));
    const WorkId id = next++;
    const std::size_t before = policy.waiting_tokens();
    if (!policy.admit(id, group, lengths, deadline, now)) {
      RC_ASSERT(policy.waiting_tokens() == before);
      return;
    }
    // It may pass what came within half a second.
    for (const auto& text : waiting) {
      if (now - came.at(text.first) <= Policy::kMostYield) batches_until[text] += lengths.size();
    }
    came[id] = now;
    for (std::uint32_t i = 0; i < lengths.size(); ++i) {
      batches_until[{id, i}] = waiting.size() + lengths.size();
    }
    for (std::uint32_t i = 0; i < lengths.size(); ++i) waiting.insert({id, i});
    RC_ASSERT(policy.waiting_tokens() <= limits.queue_tokens);
  }

  void forget(WorkId id) {
    std::erase_if(waiting, [&](const auto& text) { return text.first == id; });
  }

  void batch() {
    while (const auto late = policy.take_late(now)) {
      const auto texts = waiting.size();
      forget(*late);
      RC_ASSERT(waiting.size() < texts);
    }
    std::vector<Text> taken;
    taken.reserve(Policy::kLookAhead);
    policy.take(&taken);
    RC_ASSERT(taken.empty() == waiting.empty());
    if (!taken.empty()) {
      policy.began(0, 10, now);
      policy.ended(0, now += std::chrono::microseconds(*rc::gen::inRange(1, 20000)));
    }
    check(taken);
    for (const auto& text : waiting) RC_ASSERT(--batches_until[text] > 0U);
  }

  void check(const std::vector<Text>& taken) {
    std::size_t tokens = 0;
    for (const Text& text : taken) {
      RC_ASSERT(waiting.erase({text.work, text.sequence}) == 1U);
      RC_ASSERT((text.group == taken.front().group));
      tokens += text.tokens;
    }
    RC_ASSERT(taken.size() <= 1 || tokens <= limits.batch_tokens);
    RC_ASSERT(taken.size() <= Policy::kLookAhead);
  }
};

RC_GTEST_PROP(PolicyProperty, EveryTextLeavesOnceInTimeAndWithinTheBudget, ()) {
  Simulation simulation;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
  for (const int step : steps) {
    simulation.now += std::chrono::microseconds(*rc::gen::inRange(0, 500));
    if (step < 4) {
      simulation.arrive();
    } else if (step < 7) {
      simulation.batch();
    } else if (simulation.next > 0) {
      const WorkId id = *rc::gen::inRange<WorkId>(0, simulation.next);
      simulation.policy.discard(id);
      simulation.forget(id);
    }
    RC_ASSERT(simulation.policy.waiting_texts() == simulation.waiting.size());
    const auto ready = simulation.policy.ready_at();
    RC_ASSERT(ready.has_value() == !simulation.waiting.empty());
    if (ready) {
      const auto arrived = simulation.now - simulation.policy.oldest_wait(simulation.now);
      RC_ASSERT(*ready <= std::max(simulation.now, arrived + simulation.limits.wait));
    }
  }
  while (!simulation.waiting.empty()) simulation.batch();
  RC_ASSERT(simulation.policy.waiting_tokens() == 0U);
}

}  // namespace
}  // namespace dss::batching
