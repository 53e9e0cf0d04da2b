#include "api/encoder_feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "api/deterministic_backend.h"

namespace dss::api {
namespace {

// An encoder's queue by hand: it has room for `room` texts, and the test answers them.
class Feed : public testing::Test {
 protected:
  Feed() {
    backend_.score_later = [this](std::string_view text, const scoring::Options&, Later* later) {
      if (text == "at once") {
        later->done(deterministic_score(text, {.model = "simple"}));
      } else if (queue_.size() >= room_) {
        later->done(base::fail(base::ErrorKind::kUnavailable, "full"));
      } else {
        queue_.push_back(std::move(*later));
        begun_.emplace_back(text);
      }
      return true;
    };
  }

  std::shared_ptr<EncoderFeed> feed(EncoderFeed::WhenFull when_full) {
    return std::make_shared<EncoderFeed>(
        backend_, std::nullopt, when_full,
        EncoderFeed::Calls{.gone = [] { return false; },
                           .done =
                               [this](const EncoderFeed::Text& text,
                                      const base::Result<scoring::Outcome>& outcome) {
                                 (outcome ? answered_ : failed_).push_back(text.place);
                               }});
  }
  static void add(EncoderFeed* feed, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) feed->add({i, "text " + std::to_string(i), "bert"});
  }
  void answer_first() {
    Later first = std::move(queue_.front());
    queue_.pop_front();
    first.done(deterministic_score("p=0.5", {.model = "simple"}));
  }

  Backend backend_ = deterministic_backend();
  std::size_t room_ = 1000;
  std::deque<Later> queue_;
  std::vector<std::string> begun_;
  std::vector<std::size_t> answered_;
  std::vector<std::size_t> failed_;
};

TEST_F(Feed, BeginsNoMoreThanItsWindow) {
  const auto one = feed(EncoderFeed::WhenFull::kFail);
  add(one.get(), 100);
  EXPECT_EQ(queue_.size(), EncoderFeed::kWindow);
  answer_first();
  EXPECT_EQ(queue_.size(), EncoderFeed::kWindow);
  EXPECT_EQ(begun_.back(), "text " + std::to_string(EncoderFeed::kWindow));
  while (!queue_.empty()) answer_first();
  EXPECT_EQ(answered_.size(), 100U);
  EXPECT_TRUE(std::is_sorted(answered_.begin(), answered_.end()));
  EXPECT_TRUE(failed_.empty());
}

TEST_F(Feed, OutcomesThatComeAtOnceDoNotNest) {
  const auto one = feed(EncoderFeed::WhenFull::kFail);
  for (std::size_t i = 0; i < 100'000; ++i) one->add({i, "at once", "bert"});
  EXPECT_EQ(answered_.size(), 100'000U);
}

TEST_F(Feed, AFullQueueIsWaitedForWhileTextsOfItsOwnAreInIt) {
  room_ = 3;
  const auto one = feed(EncoderFeed::WhenFull::kFail);
  add(one.get(), 10);
  EXPECT_EQ(queue_.size(), 3U);
  while (!queue_.empty()) answer_first();
  EXPECT_EQ(answered_.size(), 10U);
  EXPECT_TRUE(failed_.empty());
}

TEST_F(Feed, AQueueFullOfOthersFailsAllThatWaits) {
  room_ = 0;
  const auto one = feed(EncoderFeed::WhenFull::kFail);
  add(one.get(), 10);
  EXPECT_EQ(failed_.size(), 10U);
}

TEST_F(Feed, OrIsTriedAgainWhenAsked) {
  room_ = 0;
  const auto one = feed(EncoderFeed::WhenFull::kWait);
  add(one.get(), 10);
  one->retry();
  EXPECT_TRUE(failed_.empty());
  room_ = 1;
  one->retry();
  while (!queue_.empty()) answer_first();
  EXPECT_EQ(answered_, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

}  // namespace
}  // namespace dss::api
