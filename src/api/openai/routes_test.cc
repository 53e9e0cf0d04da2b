#include "api/openai/routes.h"

#include <gtest/gtest.h>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"

namespace dss::api::openai {
namespace {

class Moderations : public testing::Test {
 protected:
  Moderations() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    add_routes(service_, &table_);
    table_.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
  }

  http::Response post(std::string body) {
    return *run(table_, {.method = http::Method::kPost,
                         .path = "/v1/moderations",
                         .headers = {{"Authorization", "Bearer whatever"}},
                         .body = std::move(body)});
  }
  // The document stays until the next call.
  json::Value answer(const std::string& input, std::string_view more = "") {
    body_ = post(R"({"input":)" + input + std::string(more) + "}").body;
    return reader_.parse(body_).value();
  }
  json::Value result(const std::string& input) {
    const auto results = answer(input).find("results");
    return *results->items().begin();
  }
  // `status param code`
  std::string error_of(const std::string& body) {
    const http::Response response = post(body);
    const auto error = reader_.parse(response.body)->find("error");
    const auto param = error->find("param")->string();
    EXPECT_EQ(error->find("type")->string(),
              response.status < 500 ? "invalid_request_error" : "server_error");
    EXPECT_FALSE(error->find("message")->string()->empty());
    return std::to_string(response.status) + " " + std::string(param.value_or("null")) + " " +
           std::string(error->find("code")->string().value_or("null"));
  }
  static std::size_t size_of(const json::Value& value) {
    std::size_t count = 0;
    for ([[maybe_unused]] const json::Value item : value.items()) ++count;
    return count;
  }
  static double score(const json::Value& result, std::string_view category) {
    return *result.find("category_scores")->find(category)->number();
  }
  static bool flag(const json::Value& result, std::string_view category) {
    return *result.find("categories")->find(category)->boolean();
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
  json::Reader reader_;
  std::string body_;
};

TEST_F(Moderations, ATextGetsOneResultWithAllCategories) {
  const json::Value one = result(R"("p=0.9")");
  for (const char* member : {"categories", "category_scores", "category_applied_input_types"}) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& pair : one.find(member)->members()) ++count;
    EXPECT_EQ(count, 13U) << member;
  }
  EXPECT_FLOAT_EQ(static_cast<float>(score(one, "harassment")), 0.9F);
  EXPECT_FLOAT_EQ(static_cast<float>(score(one, "violence")), 0.9F / 8);
  EXPECT_FLOAT_EQ(static_cast<float>(score(one, "harassment/threatening")), 0.9F / 8);
  EXPECT_FLOAT_EQ(static_cast<float>(score(one, "hate")), 0.9F / 32);
  EXPECT_FLOAT_EQ(static_cast<float>(score(one, "hate/threatening")), 0.9F / 32);
  EXPECT_EQ(one.find("flagged")->boolean(), true);
  EXPECT_TRUE(flag(one, "harassment"));
  EXPECT_FALSE(flag(one, "hate"));
}

TEST_F(Moderations, WhatIsNotModelledIsZeroAndSaysSo) {
  const json::Value one = result(R"("p=1.0")");
  for (const char* category :
       {"illicit", "illicit/violent", "self-harm", "self-harm/intent", "self-harm/instructions",
        "sexual", "sexual/minors", "violence/graphic"}) {
    EXPECT_EQ(score(one, category), 0) << category;
    EXPECT_FALSE(flag(one, category)) << category;
    EXPECT_EQ(size_of(*one.find("category_applied_input_types")->find(category)), 0U) << category;
  }
  EXPECT_EQ(size_of(*one.find("category_applied_input_types")->find("hate")), 1U);
}

TEST_F(Moderations, FlagsFollowTheOperatorsThresholds) {
  EXPECT_EQ(result(R"("p=0.4")").find("flagged")->boolean(), false);
  service_.thresholds = {{"threat", 0.05F}};
  const json::Value one = result(R"("p=0.4")");
  EXPECT_EQ(one.find("flagged")->boolean(), true);
  EXPECT_TRUE(flag(one, "violence"));
  EXPECT_FALSE(flag(one, "harassment"));
  EXPECT_FALSE(flag(one, "harassment/threatening")) << "not harassment by its own thresholds";
}

TEST_F(Moderations, AnArrayOfStringsGetsAResultEach) {
  const auto results = answer(R"(["p=0.1","p=0.9","p=0.2"])").find("results");
  ASSERT_EQ(size_of(*results), 3U);
  std::vector<float> scores;
  for (const json::Value one : results->items()) {
    scores.push_back(static_cast<float>(score(one, "harassment")));
  }
  EXPECT_EQ(scores, (std::vector<float>{0.1F, 0.9F, 0.2F}));
}

TEST_F(Moderations, TypedPartsMakeOneText) {
  const auto results =
      answer(R"([{"type":"text","text":"nice"},{"type":"text","text":"p=0.7"}])").find("results");
  ASSERT_EQ(size_of(*results), 1U);
  EXPECT_FLOAT_EQ(static_cast<float>(score(*results->items().begin(), "harassment")), 0.7F);
}

TEST_F(Moderations, TheModelsNameIsEchoedAndTheIdIsNew) {
  EXPECT_EQ(answer(R"("a")").find("model")->string(), "omni-moderation-latest");
  const std::string first(
      *answer(R"("a")", R"(,"model":"text-moderation-stable")").find("id")->string());
  EXPECT_EQ(reader_.parse(body_)->find("model")->string(), "text-moderation-stable");
  EXPECT_EQ(first.substr(0, 5), "modr-");
  EXPECT_EQ(first.size(), 37U);
  EXPECT_EQ(first.find_first_not_of("0123456789abcdef", 5), first.npos);
  EXPECT_NE(answer(R"("a")").find("id")->string(), first);
}

TEST_F(Moderations, ImagesAreRefused) {
  const std::string image =
      R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}})";
  EXPECT_EQ(error_of(R"({"input":[)" + image + "," + image + "]}"), "400 input too_many_images");
  EXPECT_EQ(error_of(R"({"input":[{"type":"text","text":"a"},)" + image + "]}"),
            "400 input unsupported_input_type");
}

TEST_F(Moderations, BadInputIsToldByItsCode) {
  EXPECT_EQ(error_of("{}"), "400 input missing_required_parameter");
  EXPECT_EQ(error_of(R"({"input":null})"), "400 input invalid_type");
  EXPECT_EQ(error_of(R"({"input":5})"), "400 input invalid_type");
  EXPECT_EQ(error_of(R"({"input":["a",5]})"), "400 input invalid_type");
  EXPECT_EQ(error_of(R"({"input":["a",{"type":"text","text":"a"}]})"), "400 input invalid_value");
  EXPECT_EQ(error_of(R"({"input":[{"type":"text"}]})"), "400 input invalid_value");
  EXPECT_EQ(error_of(R"({"input":[{"type":"video"}]})"), "400 input invalid_value");
  EXPECT_EQ(error_of(R"({"input":[]})"), "400 input empty_array");
  EXPECT_EQ(error_of(R"({"input":"a","model":7})"), "400 model invalid_type");
  EXPECT_EQ(error_of(R"({"input":"a","model":")" + std::string(257, 'm') + R"("})"),
            "400 model string_above_max_length");
  EXPECT_EQ(error_of("[]"), "400 null not_an_object");
  EXPECT_EQ(error_of("{"), "400 null invalid_json");
}

TEST_F(Moderations, LimitsAreTold) {
  EXPECT_EQ(error_of(R"({"input":")" + std::string(20481, 'a') + R"("})"),
            "400 input string_above_max_length");
  std::string many = R"({"input":["a")";
  for (int i = 1; i < 129; ++i) many += R"(,"a")";
  EXPECT_EQ(error_of(many + "]}"), "400 input array_above_max_length");
}

TEST_F(Moderations, ABlocklistFlagsTheResultAndNoCategory) {
  const auto matcher = std::make_shared<const blocklist::Matcher>(std::vector<blocklist::List>{
      {.name = "own", .description = {}, .items = {{.id = "1", .text = "lovely"}}}});
  service_.blocklists = [&matcher] { return matcher; };
  const json::Value one = result(R"("a lovely day")");
  EXPECT_EQ(one.find("flagged")->boolean(), true);
  for (const auto [name, flag] : one.find("categories")->members())
    EXPECT_EQ(flag.boolean(), false);
  EXPECT_EQ(result(R"("a fine day")").find("flagged")->boolean(), false);
}

TEST_F(Moderations, OneTextWithoutScoreFailsTheRequest) {
  EXPECT_EQ(error_of(R"({"input":["p=0.1","[refuse]"]})"), "400 input unsupported_language");
  EXPECT_EQ(error_of(R"({"input":"[break]"})"), "500 null internal_error");
  service_.protocol_model = "bert";
  EXPECT_EQ(error_of(R"({"input":"a"})"), "503 null model_unavailable");
  EXPECT_EQ(header_of(post(R"({"input":"a"})"), "Retry-After"), "30");
}

}  // namespace
}  // namespace dss::api::openai
