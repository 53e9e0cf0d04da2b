#include <gtest/gtest.h>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"

namespace dss::api::native {
namespace {

class FeedbackRoute : public testing::Test {
 protected:
  FeedbackRoute() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.feedback = [this](const Feedback& feedback) {
      ++calls_;
      text_ = feedback.text;
      client_ = feedback.client_token;
      labels_.clear();
      for (const Rating& label : feedback.labels) labels_[std::string(label.name)] = label.value;
      do_not_store_ = feedback.do_not_store;
      return fate_;
    };
    add_routes(service_, &table_);
  }
  http::Response post(const std::string& body, const std::string& type = "application/json") {
    auto response = run(table_, {.method = http::Method::kPost,
                                 .path = "/feedback",
                                 .headers = {{"Content-Type", type}},
                                 .body = body});
    return response ? std::move(*response) : http::Response{.status = 0};
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
  FeedbackFate fate_ = FeedbackFate::kTaken;
  int calls_ = 0;
  std::string text_;
  std::string client_;
  std::map<std::string, double> labels_;
  bool do_not_store_ = false;
};

TEST_F(FeedbackRoute, TakesALabelForToxic) {
  const http::Response response = post(R"({"text": "  you fool ", "label": 1})");
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.body, R"({"status":"accepted"})");
  EXPECT_EQ(text_, "you fool");
  EXPECT_EQ(labels_, (std::map<std::string, double>{{"toxic", 1.0}}));
}

TEST_F(FeedbackRoute, TakesEverythingAClientKnows) {
  const http::Response response = post(
      R"({"text": "you fool", "labels": {"toxic": 0.9, "insult": 1}, "scores": {"toxic": 0.4},
          "model": "bert", "model_version": "1.0", "comment_id": "c-1", "community_id": "cats",
          "client_token": "me", "do_not_store": true})");
  EXPECT_EQ(response.status, 202) << response.body;
  EXPECT_EQ(labels_.size(), 2U);
  EXPECT_EQ(client_, "me");
  EXPECT_TRUE(do_not_store_);
}

TEST_F(FeedbackRoute, SaysWhatBecameOfIt) {
  const std::string body = R"({"text": "you fool", "label": 0})";
  fate_ = FeedbackFate::kNotConfigured;
  EXPECT_EQ(post(body).body, R"({"status":"not_kept","reason":"not_configured"})");
  fate_ = FeedbackFate::kNotWanted;
  EXPECT_EQ(post(body).body, R"({"status":"not_kept","reason":"do_not_store"})");
  fate_ = FeedbackFate::kNoRoom;
  const http::Response full = post(body);
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(header_of(full, "Retry-After"), "5");
}

TEST_F(FeedbackRoute, RefusesWhatItCannotKeepAndSaysWhy) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "field required"},
      {"[]", "value is not a valid dict"},
      {R"({"label": 1})", "text: field required"},
      {R"({"text": " ", "label": 1})", "text: ensure this value has at least 1 characters"},
      {R"({"text": "secret"})", "labels: give either label (for toxic) or labels"},
      {R"({"text": "secret", "label": 1, "labels": {"toxic": 1}})", "labels: give either label"},
      {R"({"text": "secret", "labels": {}})", "labels: field required"},
      {R"({"text": "secret", "labels": []})", "labels: value is not a valid dict"},
      {R"({"text": "secret", "label": true})", "label: value is not a valid float"},
      {R"({"text": "secret", "label": 1.01})", "label: ensure this value is from 0 to 1"},
      {R"({"text": "secret", "labels": {"spam": 1}})", "labels: extra fields not permitted"},
      {R"({"text": "secret", "label": 1, "scores": {"toxic": -1}})", "scores: ensure this value"},
      {R"({"text": "secret", "label": 1, "model": ""})", "model: ensure this value has at least 1"},
      {R"({"text": "secret", "label": 1, "client_token": 7})", "client_token: str type expected"},
      {R"({"text": "secret", "label": 1, "labels": null})", "labels: give either label"},
      {R"({"text": "secret", "label": 1, "model": null})", "model: str type expected"},
      {R"({"text": "secret", "label": 1, "client_tokn": "x"})", "extra fields not permitted"},
      {R"({"text": "secret", "label": 1, "do_not_store": "yes"})", "do_not_store: value could not"},
  };
  for (const auto& [body, message] : cases) {
    const http::Response response = post(body);
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_NE(response.body.find(message), std::string::npos) << body << " → " << response.body;
    EXPECT_EQ(response.body.find("secret"), std::string::npos);
  }
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(post("{}", "text/plain").status, 415);
}

TEST(FeedbackDefault, NothingIsKeptUnlessAStoreIsThere) {
  const Service service;
  EXPECT_EQ(service.feedback({.text = "a"}), FeedbackFate::kNotConfigured);
  EXPECT_EQ(service.feedback({.text = "a", .do_not_store = true}), FeedbackFate::kNotWanted);
}

}  // namespace
}  // namespace dss::api::native
