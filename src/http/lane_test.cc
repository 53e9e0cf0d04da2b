#include "http/lane.h"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>

namespace dss::http {
namespace {

TEST(Lane, RunsEverythingThatItTakes) {
  std::atomic<int> ran{0};
  {
    Lane lane("lane", 2, 1000);
    for (int i = 0; i < 500; ++i) {
      Task task([&] { ++ran; });
      ASSERT_TRUE(lane.try_run(&task));
    }
    while (ran < 500) std::this_thread::yield();
  }
  EXPECT_EQ(ran, 500);
}

TEST(Lane, RefusesAtOnceWhenFull) {
  std::binary_semaphore started{0};
  std::binary_semaphore finish{0};
  Lane lane("lane", 1, 1);
  Task busy([&] {
    started.release();
    finish.acquire();
  });
  ASSERT_TRUE(lane.try_run(&busy));
  started.acquire();
  std::atomic<int> ran{0};
  Task waits([&] { ++ran; });
  EXPECT_TRUE(lane.try_run(&waits));
  EXPECT_EQ(lane.waiting(), 1U);
  Task refused([&] { ran += 10; });
  EXPECT_FALSE(lane.try_run(&refused));
  // A refused task still belongs to its owner.
  refused();
  EXPECT_EQ(ran, 10);
  finish.release();
}

/// Work that is dropped is destroyed, so that what it owns (a Responder) can answer.
TEST(Lane, DropsWhatWaitsWhenItEnds) {
  const auto owned = std::make_shared<int>(1);
  std::binary_semaphore started{0};
  std::binary_semaphore finish{0};
  {
    Lane lane("lane", 1, 10);
    Task busy([&] {
      started.release();
      finish.acquire();
    });
    ASSERT_TRUE(lane.try_run(&busy));
    started.acquire();
    Task waits([keep = owned] { (void)keep; });
    ASSERT_TRUE(lane.try_run(&waits));
    finish.release();
  }
  EXPECT_EQ(owned.use_count(), 1);
}

}  // namespace
}  // namespace dss::http
