#include <gtest/gtest.h>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"
#include "api/policy_choice.h"

namespace dss::api::native {
namespace {

using policy::Action;

class PolicyAnswer : public testing::Test {
 protected:
  PolicyAnswer() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.thresholds = {{"toxic", 0.6F}};
    service_.policies = [this] { return set_; };
    add_routes(service_, &table_);
    policy::Policy games;
    games.id = "games";
    games.version = "7";
    games.communities = {"arena"};
    games.thresholds = {{"toxic", 0.95F}};
    games.bands = {{"toxic", 0.8F, 1.0F, Action::kHold}};
    games.block.add("Forbidden Word");
    games.allow.add("kill the boss");
    auto set = std::make_shared<policy::PolicySet>();
    EXPECT_TRUE(set->add(std::move(games)));
    set_ = std::move(set);
  }
  http::Response analyze(const std::string& text, std::string header = "X-Community-Id",
                         std::string value = "arena") {
    auto response = run(table_, {.method = http::Method::kPost,
                                 .path = "/analyze",
                                 .headers = {{std::move(header), std::move(value)}},
                                 .body = "{\"text\": \"" + text + "\"}"});
    return response ? std::move(*response) : http::Response{.status = 0};
  }
  static std::string policy_in(const http::Response& response) {
    const std::size_t at = response.body.find("\"policy\":");
    return at == std::string::npos ? "none" : response.body.substr(at);
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
  std::shared_ptr<const policy::PolicySet> set_;
};

TEST_F(PolicyAnswer, StandsThereWhenAPolicyApplies) {
  const http::Response response = analyze("p=0.9");
  EXPECT_EQ(policy_in(response),
            R"("policy":{"id":"games","version":"7","action":"hold",)"
            R"("reasons":[{"rule":"band","category":"toxic","from":0.8,"to":1.0}]}})");
  EXPECT_NE(response.body.find("\"score\":90"), std::string::npos) << "the score stays";
  EXPECT_NE(response.body.find("\"flagged\":[]"), std::string::npos)
      << "the policy's threshold over the operator's";
}

TEST_F(PolicyAnswer, IsAbsentWhenNoneApplies) {
  EXPECT_EQ(policy_in(analyze("p=0.9", "X-Community-Id", "elsewhere")), "none");
  EXPECT_EQ(policy_in(analyze("p=0.9", "Accept", "*/*")), "none");
  service_.policies = nullptr;
  EXPECT_EQ(policy_in(analyze("p=0.9")), "none");
}

TEST_F(PolicyAnswer, ListsAreReadFromTheText) {
  EXPECT_EQ(policy_in(analyze("a forbidden-word")),
            R"("policy":{"id":"games","version":"7","action":"block",)"
            R"("reasons":[{"rule":"block_list","phrase":"Forbidden Word"}]}})");
  EXPECT_EQ(policy_in(analyze("kill the boss p=0.99")),
            R"("policy":{"id":"games","version":"7","action":"allow",)"
            R"("reasons":[{"rule":"allow_list","phrase":"kill the boss"}]}})");
}

TEST_F(PolicyAnswer, IsChosenByNameToo) {
  EXPECT_NE(policy_in(analyze("p=0.1", "X-Policy", "games")), "none");
  const http::Response unknown = analyze("p=0.1", "X-Policy", "arena");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_NE(unknown.body.find(R"("loc":["header","X-Policy"])"), std::string::npos);
  EXPECT_NE(unknown.body.find(R"(X-Policy: this server has no policy of that id)"),
            std::string::npos);
}

class PolicyOfBody : public PolicyAnswer {
 protected:
  http::Response post(const std::string& path, const std::string& body,
                      std::vector<std::pair<std::string, std::string>> headers = {}) {
    auto response = run(
        table_,
        {.method = http::Method::kPost, .path = path, .headers = std::move(headers), .body = body});
    return response ? std::move(*response) : http::Response{.status = 0};
  }
  http::Response analyze_with(const std::string& members,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
    return post("/analyze", R"({"text":"p=0.9",)" + members + "}", std::move(headers));
  }
};

TEST_F(PolicyOfBody, ACommunityInTheBodyChoosesInEitherSpelling) {
  EXPECT_NE(policy_in(analyze_with(R"("community_id":"arena")")), "none");
  EXPECT_NE(policy_in(analyze_with(R"("communityId":"games")")), "none") << "the policy's own id";
  EXPECT_EQ(policy_in(analyze_with(R"("community_id":"elsewhere","communityId":"arena")")), "none");
  for (const char* nobody : {R"("community_id":"")", R"("community_id":null)"}) {
    EXPECT_EQ(policy_in(analyze_with(nobody)), "none");
    EXPECT_NE(policy_in(analyze_with(nobody, {{"X-Community-Id", "arena"}})), "none") << nobody;
  }
}

TEST_F(PolicyOfBody, TheBodyWinsOverTheCommunityHeaderAndLosesToXPolicy) {
  const std::string elsewhere = R"("community_id":"elsewhere")";
  EXPECT_EQ(policy_in(analyze_with(elsewhere, {{"X-Community-Id", "arena"}})), "none");
  EXPECT_NE(policy_in(analyze_with(elsewhere, {{"X-Policy", "games"}})), "none");
}

TEST_F(PolicyOfBody, JudgesAllTextsOfABatch) {
  const std::string body =
      post("/analyze/batch", R"({"texts":["p=0.9","a forbidden word"],"community_id":"arena"})")
          .body;
  EXPECT_NE(body.find(R"("action":"hold")"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("action":"block")"), std::string::npos) << body;
}

TEST_F(PolicyOfBody, WhatIsNoCommunityIsRefusedAndNotRepeated) {
  const http::Response number = analyze_with(R"("community_id":17)");
  EXPECT_EQ(number.status, 422);
  EXPECT_NE(number.body.find(R"("loc":["body","community_id"])"), std::string::npos) << number.body;
  const std::string longest(256, 'c');
  EXPECT_EQ(analyze_with(R"("communityId":")" + longest + "\"").status, 200);
  const http::Response longer = analyze_with(R"("communityId":"c)" + longest + "\"");
  EXPECT_EQ(longer.status, 422);
  EXPECT_NE(longer.body.find(R"("loc":["body","communityId"])"), std::string::npos) << longer.body;
  EXPECT_EQ(longer.body.find("ccc"), std::string::npos);
}

TEST_F(PolicyAnswer, AReloadIsSeenByTheNextRequest) {
  auto set = std::make_shared<policy::PolicySet>();
  policy::Policy other;
  other.id = "default";
  other.version = "8";
  EXPECT_TRUE(set->add(std::move(other)));
  set_ = std::move(set);
  EXPECT_NE(policy_in(analyze("p=0.1")).find(R"("id":"default","version":"8","action":"allow")"),
            std::string::npos);
}

}  // namespace
}  // namespace dss::api::native
