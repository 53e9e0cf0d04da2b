#include "api/discourse/routes.h"

#include <gtest/gtest.h>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"

namespace dss::api::discourse {
namespace {

class Classify : public testing::Test {
 protected:
  Classify() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    add_routes(service_, &table_);
    table_.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
  }
  std::string post(std::string body) {
    const auto response = run(table_, {.method = http::Method::kPost,
                                       .path = "/api/v1/classify",
                                       .headers = {{"X-API-KEY", "key"}},
                                       .body = std::move(body)});
    return std::to_string(response->status) + " " + response->body;
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
};

TEST_F(Classify, AnswersPercentOfSevenLabels) {
  EXPECT_EQ(post(R"({"model":"unbiased","content":"p=0.8"})"),
            R"(200 {"toxicity":80,"severe_toxicity":40,"obscene":20,"identity_attack":3,)"
            R"("insult":5,"threat":10,"sexual_explicit":0})");
}

TEST_F(Classify, RefusesWhatIsNoText) {
  const std::string cause =
      R"(422 {"error":"content must be a string of at most 32768 characters"})";
  EXPECT_EQ(post("{}"), cause);
  EXPECT_EQ(post(R"({"content":5})"), cause);
  EXPECT_EQ(post(R"({"content":")" + std::string(32769, 'a') + R"("})"), cause);
  EXPECT_EQ(post("[]"), R"(400 {"error":"The body must be a JSON object"})");
}

TEST_F(Classify, TellsWhyThereIsNoScore) {
  EXPECT_EQ(post(R"({"content":"[break]"})"),
            R"(500 {"error":"The server failed to answer; its log says why."})");
}

}  // namespace
}  // namespace dss::api::discourse
