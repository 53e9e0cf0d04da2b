#include "batching/batcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/rng.h"

namespace dss::batching {
namespace {

using base::ErrorKind;
using Answer = base::Result<Finished>;
using Sequences = std::vector<std::vector<std::uint32_t>>;
using namespace std::chrono_literals;

std::shared_ptr<const models::Encoder> open(const std::string& model) {
  auto encoder =
      models::Encoder::open(std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/" + model, {});
  EXPECT_TRUE(encoder) << encoder.error().message;
  return std::make_shared<const models::Encoder>(std::move(*encoder));
}

Sequences random_sequences(base::Rng& rng, const models::Encoder& encoder, std::size_t count) {
  Sequences sequences(count);
  for (auto& ids : sequences) {
    ids.resize(1 + rng.below(encoder.config().positions));
    for (auto& id : ids) id = static_cast<std::uint32_t>(rng.below(encoder.config().vocabulary));
  }
  return sequences;
}

std::vector<float> each_alone(const models::Encoder& encoder, const Sequences& sequences) {
  std::vector<float> all;
  auto workspace = encoder.workspace(encoder.config().positions);
  for (const auto& ids : sequences) {
    models::PackedBatch batch;
    batch.add(ids);
    std::vector<float> logits(encoder.config().labels.size());
    encoder.forward(batch, workspace, logits);
    all.insert(all.end(), logits.begin(), logits.end());
  }
  return all;
}

Work work_of(std::shared_ptr<const models::Encoder> encoder, Sequences sequences,
             std::promise<Answer>* answer) {
  Work work;
  work.encoder = std::move(encoder);
  work.sequences = std::move(sequences);
  work.done = [answer](Answer result) { answer->set_value(std::move(result)); };
  return work;
}

/// Keeps a worker in its callback until told to go on, so that work behind it waits.
class Obstacle {
 public:
  Obstacle(Batcher* batcher, std::shared_ptr<const models::Encoder> encoder) {
    Work work;
    work.encoder = std::move(encoder);
    work.sequences = {{1, 2, 3}};
    work.done = [this](const Answer&) {
      reached_.release();
      go_on_.acquire();
    };
    EXPECT_TRUE(batcher->submit(&work));
    reached_.acquire();
  }
  void remove() { go_on_.release(); }

 private:
  std::binary_semaphore reached_{0};
  std::binary_semaphore go_on_{0};
};

class BatcherTest : public testing::Test {
 protected:
  std::shared_ptr<const models::Encoder> encoder_ = open("bert_narrow_heads");
};

TEST_F(BatcherTest, AnswersWhatTheEncoderAnswersForEachTextAlone) {
  base::Rng rng(5);
  Batcher batcher({.workers = 2, .batch_tokens = 40}, &base::system_clock());
  for (int turn = 0; turn < 20; ++turn) {
    const auto sequences = random_sequences(rng, *encoder_, 1 + rng.below(12));
    std::promise<Answer> answer;
    auto work = work_of(encoder_, sequences, &answer);
    ASSERT_TRUE(batcher.submit(&work));
    const auto finished = answer.get_future().get();
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->logits, each_alone(*encoder_, sequences));
    EXPECT_GE(finished->batch_texts, 1U);
    EXPECT_GT(finished->inferred.count(), 0);
  }
  EXPECT_GT(batcher.state().tokens_per_second, 0);
}

TEST_F(BatcherTest, ThreadsWithExchangedEncodersAllGetTheirOwnAnswers) {
  const auto other = open("distilbert");
  std::atomic<int> right{0};
  {
    Batcher batcher({.workers = 2, .batch_tokens = 64}, &base::system_clock());
    std::vector<std::thread> clients;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      clients.emplace_back([&, seed] {
        base::Rng rng(seed);
        for (int i = 0; i < 60; ++i) {
          const auto& encoder = rng.below(8) == 0 ? other : encoder_;
          const auto sequences = random_sequences(rng, *encoder, 1 + rng.below(4));
          std::promise<Answer> answer;
          auto work = work_of(encoder, sequences, &answer);
          ASSERT_TRUE(batcher.submit(&work));
          const auto finished = answer.get_future().get();
          if (finished && finished->logits == each_alone(*encoder, sequences)) ++right;
        }
      });
    }
    for (auto& client : clients) client.join();
  }
  EXPECT_EQ(right, 240);
}

TEST_F(BatcherTest, RefusesWhatItCannotDoAndLeavesItUntouched) {
  Batcher batcher({.queue_tokens = 40}, &base::system_clock());
  const auto refused = [&](Sequences sequences) {
    std::promise<Answer> answer;
    auto work = work_of(encoder_, sequences, &answer);
    const auto status = batcher.submit(&work);
    EXPECT_FALSE(status);
    EXPECT_EQ(work.sequences, sequences);
    EXPECT_TRUE(work.done);
    return status.error().kind;
  };
  const std::size_t positions = encoder_->config().positions;
  const auto vocabulary = static_cast<std::uint32_t>(encoder_->config().vocabulary);
  EXPECT_EQ(refused({}), ErrorKind::kInvalidArgument);
  EXPECT_EQ(refused({{1}, {}}), ErrorKind::kInvalidArgument);
  EXPECT_EQ(refused({{vocabulary}}), ErrorKind::kInvalidArgument);
  EXPECT_EQ(refused({std::vector<std::uint32_t>(positions + 1, 1)}), ErrorKind::kTooLarge);
  EXPECT_EQ(refused(Sequences(41, {1})), ErrorKind::kTooLarge);

  Obstacle obstacle(&batcher, encoder_);
  std::promise<Answer> answer;
  auto fits = work_of(encoder_, Sequences(40, {1}), &answer);
  ASSERT_TRUE(batcher.submit(&fits));
  EXPECT_EQ(refused({{1}}), ErrorKind::kUnavailable);
  EXPECT_EQ(batcher.state().waiting_tokens, 40U);
  EXPECT_EQ(batcher.state().refused, 1U);
  obstacle.remove();
  EXPECT_TRUE(answer.get_future().get());
}

TEST_F(BatcherTest, SkipsClientsThatAreGoneAndComputesTheirNeighbours) {
  Batcher batcher({}, &base::system_clock());
  Obstacle obstacle(&batcher, encoder_);
  std::promise<Answer> gone_answer;
  auto gone = work_of(encoder_, Sequences(100, {1, 2}), &gone_answer);
  gone.gone = [] { return true; };
  ASSERT_TRUE(batcher.submit(&gone));
  std::promise<Answer> answer;
  auto stays = work_of(encoder_, {{3, 4}}, &answer);
  stays.gone = []() -> bool { throw std::runtime_error("not known"); };
  ASSERT_TRUE(batcher.submit(&stays));
  obstacle.remove();
  EXPECT_EQ(gone_answer.get_future().get().error().kind, ErrorKind::kUnavailable);
  const auto finished = answer.get_future().get();
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->batch_texts, 1U);
  EXPECT_EQ(batcher.state().gone, 1U);
}

TEST_F(BatcherTest, DoesNotBeginAfterTheDeadline) {
  base::ManualClock clock;
  Batcher batcher({}, &clock);
  Obstacle obstacle(&batcher, encoder_);
  std::promise<Answer> late_answer;
  auto late = work_of(encoder_, {{1}, {2}}, &late_answer);
  late.deadline = clock.steady() + 1ms;
  ASSERT_TRUE(batcher.submit(&late));
  std::promise<Answer> answer;
  auto patient = work_of(encoder_, {{1}}, &answer);
  patient.deadline = clock.steady() + 1s;
  ASSERT_TRUE(batcher.submit(&patient));
  clock.advance(2ms);
  EXPECT_EQ(batcher.state().oldest_wait, 2ms);
  obstacle.remove();
  EXPECT_EQ(late_answer.get_future().get().error().kind, ErrorKind::kUnavailable);
  EXPECT_TRUE(answer.get_future().get());
  EXPECT_EQ(batcher.state().late, 1U);
}

TEST_F(BatcherTest, AnswersEverythingWhenItEnds) {
  std::promise<Answer> answer;
  auto* batcher = new Batcher({}, &base::system_clock());
  Obstacle obstacle(batcher, encoder_);
  auto waits = work_of(encoder_, Sequences(200, {1, 2}), &answer);
  ASSERT_TRUE(batcher->submit(&waits));
  std::thread ends([&] { delete batcher; });
  // It cannot end while the obstacle stands, and refuses work from the moment it began to.
  while (true) {
    Work probe;
    probe.encoder = encoder_;
    probe.sequences = {{1}};
    probe.done = [](const Answer&) {};
    if (!batcher->submit(&probe)) break;
    std::this_thread::sleep_for(1ms);
  }
  obstacle.remove();
  ends.join();
  EXPECT_EQ(answer.get_future().get().error().kind, ErrorKind::kUnavailable);
}

TEST_F(BatcherTest, CallbacksMaySubmitAndThrow) {
  Batcher batcher({}, &base::system_clock());
  std::promise<Answer> answer;
  Work first;
  first.encoder = encoder_;
  first.sequences = {{1}};
  first.done = [&](const Answer&) {
    auto second = work_of(encoder_, {{2}}, &answer);
    EXPECT_TRUE(batcher.submit(&second));
    throw std::runtime_error("a defect of the caller");
  };
  ASSERT_TRUE(batcher.submit(&first));
  EXPECT_TRUE(answer.get_future().get());
}

}  // namespace
}  // namespace dss::batching
