// Everything at once: many clients, exchanged encoders, deadlines, hang-ups and a small queue.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "batching/batcher.h"

namespace dss::batching {
namespace {

std::shared_ptr<const models::Encoder> open(const std::string& model) {
  auto encoder =
      models::Encoder::open(std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/" + model, {});
  EXPECT_TRUE(encoder) << encoder.error().message;
  return std::make_shared<const models::Encoder>(std::move(*encoder));
}

struct Counts {
  std::atomic<int> admitted{0};
  std::atomic<int> refused{0};
  std::atomic<int> answered{0};
  std::atomic<int> twice{0};
};

Work random_work(base::Rng& rng, std::shared_ptr<const models::Encoder> encoder, Counts* counts) {
  Work work;
  work.sequences.resize(1 + rng.below(6));
  for (auto& ids : work.sequences) ids.assign(1 + rng.below(encoder->config().positions), 7);
  work.encoder = std::move(encoder);
  if (rng.below(3) == 0) {
    work.deadline = base::system_clock().steady() + std::chrono::microseconds(rng.below(2000));
  }
  if (rng.below(3) == 0) work.gone = [leaves = rng.below(2) == 0] { return leaves; };
  work.done = [counts,
               answered = std::make_unique<bool>(false)](const base::Result<Finished>& /*result*/) {
    if (std::exchange(*answered, true)) ++counts->twice;
    ++counts->answered;
  };
  return work;
}

TEST(Stress, EveryAdmittedWorkIsAnsweredExactlyOnce) {
  const std::array encoders = {open("bert_narrow_heads"), open("distilbert")};
  Counts counts;
  {
    Batcher batcher({.workers = 3, .batch_tokens = 100, .queue_tokens = 2000},
                    &base::system_clock());
    std::vector<std::thread> clients;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      clients.emplace_back([&, seed] {
        base::Rng rng(seed);
        for (int i = 0; i < 500; ++i) {
          auto work = random_work(rng, encoders[rng.below(2)], &counts);
          ++(batcher.submit(&work) ? counts.admitted : counts.refused);
          if (rng.below(20) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
      });
    }
    for (auto& client : clients) client.join();
    EXPECT_LE(batcher.state().busy_workers, 3U);
  }
  EXPECT_EQ(counts.answered, counts.admitted);
  EXPECT_EQ(counts.twice, 0);
  EXPECT_GT(counts.admitted, 0);
  EXPECT_EQ(counts.admitted + counts.refused, 2000);
}

}  // namespace
}  // namespace dss::batching
