#include "trace/sampler.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::trace {
namespace {

TEST(RatioSampler, NoneAndAll) {
  base::Rng rng(1);
  for (int i = 0; i < 1000; ++i) {
    const Context context = new_trace(&rng);
    EXPECT_FALSE(RatioSampler().wants(context));
    EXPECT_FALSE(RatioSampler(0).wants(context));
    EXPECT_TRUE(RatioSampler(1).wants(context));
  }
}

TEST(RatioSampler, TakesItsShare) {
  base::Rng rng(2);
  int taken = 0;
  for (int i = 0; i < 100'000; ++i) taken += RatioSampler(0.1).wants(new_trace(&rng)) ? 1 : 0;
  EXPECT_NEAR(taken, 10'000, 400);
}

RC_GTEST_PROP(RatioSampler, AHigherRatioTakesWhatALowerOneTook, (std::uint64_t seed)) {
  base::Rng rng(seed);
  const Context context = new_trace(&rng);
  const double low = rng.uniform();
  const double high = low + (1 - low) * rng.uniform();
  RC_ASSERT(!RatioSampler(low).wants(context) || RatioSampler(high).wants(context));
}

}  // namespace
}  // namespace dss::trace
