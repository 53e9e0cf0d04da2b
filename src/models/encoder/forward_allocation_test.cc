// A forward pass allocates nothing. Sanitizers watch operator new themselves, so this is not built
// with them.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "models/encoder/encoder.h"

namespace {

thread_local std::size_t allocations = 0;

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace dss::models {
namespace {

std::size_t allocations_of_a_pass(const std::string& model, kernels::Precision precision) {
  const auto encoder = Encoder::open(std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/" + model,
                                     {precision, std::nullopt});
  EXPECT_TRUE(encoder) << encoder.error().message;
  PackedBatch batch;
  for (const std::size_t tokens : {3, 7, 1}) batch.add(std::vector<std::uint32_t>(tokens, 5));
  auto workspace = encoder->workspace(batch.tokens());
  std::vector<float> logits(3 * encoder->config().labels.size());
  const std::size_t before = allocations;
  encoder->forward(batch, workspace, logits);
  return allocations - before;
}

TEST(ForwardPass, AllocatesNothing) {
  for (const char* model : {"bert_narrow_heads", "bert_relu_odd_width", "distilbert"}) {
    using kernels::Precision;
    for (const auto precision : {Precision::kInt8, Precision::kBf16, Precision::kFp32}) {
      EXPECT_EQ(allocations_of_a_pass(model, precision), 0U) << model;
    }
  }
}

}  // namespace
}  // namespace dss::models

#endif
