#include "app/serve/masking.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "metrics/metrics.h"

namespace dss::app {
namespace {

class Masking : public testing::Test {
 protected:
  // A backend that keeps what it is asked.
  api::Backend backend() {
    api::Backend backend;
    backend.score = [this](std::string_view text, const scoring::Options&) {
      asked_.emplace_back(text);
      return base::Result<scoring::Outcome>(scoring::Outcome());
    };
    backend.score_all = [this](std::span<const std::string_view> texts, const scoring::Options&) {
      for (const std::string_view text : texts) asked_.emplace_back(text);
      return std::vector<base::Result<scoring::Outcome>>(texts.size(), scoring::Outcome());
    };
    backend.score_later = [this](std::string_view text, const scoring::Options&, api::Later*) {
      asked_.emplace_back(text);
      return true;
    };
    return masked_backend(backend, &metrics_.personal());
  }

  metrics::Metrics metrics_{{}};
  std::vector<std::string> asked_;
};

TEST_F(Masking, HidesPersonalDataFromEveryCallOfTheBackend) {
  const api::Backend masked = backend();
  const std::vector<std::string_view> texts = {"to a@b.fr!", "none"};
  api::Later later;
  (void)masked.score("to a@b.fr!", {});
  (void)masked.score_all(texts, {});
  (void)masked.score_later("to a@b.fr!", {}, &later);
  EXPECT_EQ(asked_, (std::vector<std::string>{"to       !", "to       !", "none", "to       !"}));
  EXPECT_NE(metrics_.expose("", "", "name[]=dss_personal_entities_total")
                .body.find("{kind=\"email\"} 3.0"),
            std::string::npos);
}

TEST_F(Masking, LeavesOutCallsThatTheBackendHasNot) {
  const api::Backend masked = masked_backend({}, &metrics_.personal());
  EXPECT_FALSE(masked.score_all);
  EXPECT_FALSE(masked.score_later);
}

TEST_F(Masking, MasksFeedbackThatIsKept) {
  const auto sink = masked_feedback(
      [this](const api::Feedback& feedback) {
        asked_.emplace_back(feedback.text);
        return api::FeedbackFate::kTaken;
      },
      &metrics_.personal());
  EXPECT_EQ(sink({.text = "to a@b.fr!", .comment_id = "7"}), api::FeedbackFate::kTaken);
  EXPECT_EQ(asked_, std::vector<std::string>{"to [EMAIL]!"});
}

}  // namespace
}  // namespace dss::app
