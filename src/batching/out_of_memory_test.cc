// A worker without memory answers and goes on. Allocations fail here as the system would let them.
// Sanitizers watch operator new themselves, so this is not built with them.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "batching/batcher.h"

namespace {

thread_local bool fail_next = false;

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  if (std::exchange(fail_next, false)) throw std::bad_alloc();
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace dss::batching {
namespace {

TEST(OutOfMemory, AWorkerAnswersAndGoesOn) {
  auto opened = models::Encoder::open(
      std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/bert_narrow_heads", {});
  ASSERT_TRUE(opened) << opened.error().message;
  const auto encoder = std::make_shared<const models::Encoder>(std::move(*opened));
  Batcher batcher({}, &base::system_clock());
  const auto answer_of = [&](bool fails) {
    std::promise<base::Result<Finished>> answer;
    Work work;
    work.encoder = encoder;
    work.sequences = {{1, 2, 3}};
    // Asked on the worker's thread right before it takes memory for the batch.
    work.gone = [fails] {
      fail_next = fails;
      return false;
    };
    work.done = [&](base::Result<Finished> result) { answer.set_value(std::move(result)); };
    EXPECT_TRUE(batcher.submit(&work));
    return answer.get_future().get();
  };
  const auto failed = answer_of(true);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, base::ErrorKind::kInternal);
  EXPECT_EQ(failed.error().message, "out of memory");
  EXPECT_TRUE(answer_of(false));
}

TEST(OutOfMemory, SubmitLeavesTheWorkUntouched) {
  auto opened = models::Encoder::open(
      std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/bert_narrow_heads", {});
  ASSERT_TRUE(opened) << opened.error().message;
  Batcher batcher({}, &base::system_clock());
  Work work;
  work.encoder = std::make_shared<const models::Encoder>(std::move(*opened));
  work.sequences = {{1, 2, 3}};
  work.done = [](const base::Result<Finished>&) {};
  fail_next = true;
  const auto status = batcher.submit(&work);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, base::ErrorKind::kUnavailable);
  EXPECT_EQ(work.sequences.size(), 1U);
  EXPECT_EQ(batcher.state().waiting_texts, 0U);
}

}  // namespace
}  // namespace dss::batching

#endif
