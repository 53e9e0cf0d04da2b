#include "http/admission.h"

#include <gtest/gtest.h>

namespace dss::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

class AdmissionTest : public ::testing::Test {
 protected:
  /// The loop lags as much for half a second.
  void lag(nanoseconds lag, std::size_t requests = 100) {
    for (int i = 0; i < 50; ++i) {
      const base::SteadyTime began = now_;
      now_ += lag;
      admission_.note_lag(began, now_, requests);
      now_ += 10ms;
    }
  }
  double refused() {
    int refused = 0;
    for (int i = 0; i < 10000; ++i) refused += admission_.refuses(&rng_) ? 1 : 0;
    return refused / 10000.0;
  }

  Admission admission_{4ms, 100ms};
  base::Rng rng_{1};
  base::SteadyTime now_{};
};

TEST_F(AdmissionTest, RefusesMoreTheLongerOneWaits) {
  lag(4ms);
  EXPECT_EQ(refused(), 0);
  lag(5ms);
  EXPECT_NEAR(refused(), 0.25 * 0.9, 0.02);
  lag(7ms);
  EXPECT_NEAR(refused(), 0.75 * 0.9, 0.02);
  EXPECT_FALSE(admission_.refuses_all());
  lag(8ms);
  EXPECT_NEAR(refused(), 0.9, 0.02);
  EXPECT_TRUE(admission_.refuses_all());
  lag(1ms);
  EXPECT_EQ(refused(), 0);
}

TEST_F(AdmissionTest, LetsABurstPass) {
  admission_.note_lag(now_, now_ + 80ms, 100);
  EXPECT_EQ(refused(), 0);
}

TEST_F(AdmissionTest, AFewLongRequestsAreNoQueue) {
  lag(50ms, 7);
  EXPECT_EQ(refused(), 0);
  lag(50ms, 8);
  EXPECT_GT(refused(), 0);
}

TEST_F(AdmissionTest, ZeroSwitchesItOff) {
  admission_ = Admission(0ms, 100ms);
  lag(1s);
  EXPECT_EQ(refused(), 0);
}

/// Arrivals at 1.5 times of what is served, a refusal costing 0.4 of an answer: the lag settles
/// between the limit and twice that, and what is lost is what must be.
TEST_F(AdmissionTest, SettlesUnderOverload) {
  constexpr auto kService = 10us;
  constexpr auto kRefusal = 4us;
  constexpr auto kEach = 6667ns;
  base::SteadyTime free = now_;  // when the loop has done all that has arrived
  base::SteadyTime measured = now_;
  int answered = 0;
  int late = 0;
  for (int i = 0; i < 1'500'000; ++i) {
    now_ += kEach;
    // A measurement ends when the loop reaches what arrived as it began.
    if (now_ >= measured) {
      measured = std::max(free, now_ + 2ms);
      admission_.note_lag(now_, std::max(free, now_), 100);
    }
    const bool counts = i > 150'000;  // past the patience and the first backlog
    if (admission_.refuses(&rng_)) {
      free = std::max(free, now_) + kRefusal;
      continue;
    }
    free = std::max(free, now_) + kService;
    if (!counts) continue;
    ++answered;
    late += free - now_ > 10ms ? 1 : 0;
  }
  // x answered of a second: 10 x + 4 (150,000 - x) = 1,000,000.
  EXPECT_NEAR(answered / (1'350'000 * 6.667e-6), 66'667, 2'000);
  EXPECT_LT(late, answered / 1000);
}

}  // namespace
}  // namespace dss::http
