#include "api/azure/routes.h"

#include <gtest/gtest.h>

#include "api/azure/analysis.h"
#include "api/deterministic_backend.h"
#include "api/handler_runner.h"

namespace dss::api::azure {
namespace {

using http::Method;

class Azure : public testing::Test {
 protected:
  Azure() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
  }

  http::Response send(Method method, const std::string& path, std::string body = "",
                      std::string key = "") {
    if (table_.routes.empty()) {
      add_routes(service_, &lists_, "https", &table_);
      table_.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
    }
    return *run(table_, {.method = method,
                         .path = "/contentsafety/text" + path + query_,
                         .headers = {{"Host", "here:1"}, {"Ocp-Apim-Subscription-Key", key}},
                         .body = std::move(body)});
  }
  // `status body`
  std::string say(Method method, const std::string& path, std::string body = "") {
    const http::Response response = send(method, path, std::move(body));
    return std::to_string(response.status) + " " + response.body;
  }
  std::string analyze(std::string body) { return say(Method::kPost, ":analyze", std::move(body)); }
  // `status code`
  std::string error_of(Method method, const std::string& path, std::string body = "") {
    const http::Response response = send(method, path, std::move(body));
    const auto error = reader_.parse(response.body)->find("error");
    EXPECT_EQ(header_of(response, "x-ms-error-code"), error->find("code")->string());
    EXPECT_FALSE(error->find("message")->string()->empty());
    return std::to_string(response.status) + " " + std::string(*error->find("code")->string());
  }
  void fill(std::size_t items) {
    ASSERT_TRUE(lists_.put_list("own", nullptr));
    std::vector<blocklist::Item> made;
    for (std::size_t i = 0; i < items; ++i) {
      made.push_back({.id = "i" + std::to_string(i), .text = "word" + std::to_string(i)});
    }
    ASSERT_TRUE(lists_.put_items("own", made));
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  blocklist::Store lists_;
  http::RouteTable table_;
  json::Reader reader_;
  std::string query_ = "?api-version=2023-10-01";
};

TEST_F(Azure, SeveritiesFollowTheTableOfCuts) {
  const float at[] = {0, 0.09F, 0.1F, 0.25F, 0.4F, 0.55F, 0.7F, 0.8F, 0.9F, 1};
  const int eight[] = {0, 0, 1, 2, 3, 4, 5, 6, 7, 7};
  const int four[] = {0, 0, 0, 2, 2, 4, 4, 6, 6, 6};
  for (std::size_t i = 0; i < std::size(at); ++i) {
    EXPECT_EQ(severity_of(at[i], true), eight[i]) << at[i];
    EXPECT_EQ(severity_of(at[i], false), four[i]) << at[i];
  }
}

TEST_F(Azure, ATextGetsTheModelledCategories) {
  // threat is an eighth of toxic here, identity_hate a thirty-second.
  EXPECT_EQ(analyze(R"({"text":"p=1.0"})"),
            R"(200 {"blocklistsMatch":[],"categoriesAnalysis":[{"category":"Hate","severity":0},)"
            R"({"category":"Violence","severity":0}]})");
  EXPECT_EQ(analyze(R"({"text":"p=1.0","categories":["Violence"],)"
                    R"("outputType":"EightSeverityLevels"})"),
            R"(200 {"blocklistsMatch":[],"categoriesAnalysis":[{"category":"Violence",)"
            R"("severity":1}]})");
}

TEST_F(Azure, WhatIsNotModelledIsRefusedByName) {
  EXPECT_EQ(error_of(Method::kPost, ":analyze", R"({"text":"a","categories":["Hate","Sexual"]})"),
            "400 InvalidRequestBody");
  EXPECT_NE(analyze(R"({"text":"a","categories":["SelfHarm"]})").find("SelfHarm"),
            std::string::npos);
}

TEST_F(Azure, BadRequestsAreTold) {
  for (const char* body :
       {"{}", "[]", "{", R"({"text":5})", R"({"text":""})", R"({"text":"a","categories":"Hate"})",
        R"({"text":"a","categories":["Spam"]})", R"({"text":"a","outputType":"Six"})",
        R"({"text":"a","haltOnBlocklistHit":1})", R"({"text":"a","blocklistNames":[5]})"}) {
    EXPECT_EQ(error_of(Method::kPost, ":analyze", body), "400 InvalidRequestBody") << body;
  }
  EXPECT_NE(analyze(R"({"text":""})").find("text is empty"), std::string::npos);
  EXPECT_EQ(error_of(Method::kPost, ":analyze", R"({"text":")" + std::string(10001, 'a') + "\"}"),
            "400 InvalidRequestBody");
  EXPECT_EQ(error_of(Method::kPost, ":analyze", R"({"text":"a","blocklistNames":["none"]})"),
            "404 ResourceNotFound");
  EXPECT_EQ(error_of(Method::kPost, ":analyze", R"({"text":"[break]"})"), "500 InternalError");
  service_.protocol_model = "bert";
  EXPECT_EQ(error_of(Method::kPost, ":analyze", R"({"text":"a"})"), "503 ServerBusy");
  EXPECT_EQ(header_of(send(Method::kPost, ":analyze", R"({"text":"a"})"), "Retry-After"), "30");
}

TEST_F(Azure, TheVersionIsRequired) {
  query_ = "";
  EXPECT_EQ(error_of(Method::kPost, ":analyze", R"({"text":"a"})"),
            "400 MissingApiVersionParameter");
  EXPECT_EQ(error_of(Method::kGet, "/blocklists"), "400 MissingApiVersionParameter");
}

TEST_F(Azure, ListsAreMadeReadAndRemoved) {
  EXPECT_EQ(say(Method::kPatch, "/blocklists/own", R"({"description":"d"})"),
            R"(201 {"blocklistName":"own","description":"d"})");
  EXPECT_EQ(say(Method::kPatch, "/blocklists/own", "{}"),
            R"(200 {"blocklistName":"own","description":"d"})");
  EXPECT_EQ(say(Method::kGet, "/blocklists/own"),
            R"(200 {"blocklistName":"own","description":"d"})");
  EXPECT_EQ(say(Method::kGet, "/blocklists"),
            R"(200 {"value":[{"blocklistName":"own","description":"d"}]})");
  EXPECT_EQ(say(Method::kDelete, "/blocklists/own"), "204 ");
  EXPECT_EQ(error_of(Method::kDelete, "/blocklists/own"), "404 ResourceNotFound");
  EXPECT_EQ(error_of(Method::kGet, "/blocklists/own"), "404 ResourceNotFound");
  EXPECT_EQ(error_of(Method::kPatch, "/blocklists/a%2Fb", "{}"), "400 InvalidResourceName");
}

TEST_F(Azure, ItemsAreAddedMatchedAndRemoved) {
  ASSERT_TRUE(lists_.put_list("own", nullptr));
  const auto added = send(Method::kPost, "/blocklists/own:addOrUpdateBlocklistItems",
                          R"({"blocklistItems":[{"text":"fool","description":"d"},)"
                          R"({"text":"id[i1]ot","isRegex":true}]})");
  EXPECT_EQ(added.status, 200);
  const std::string id(*reader_.parse(added.body)
                            ->find("blocklistItems")
                            ->items()
                            .begin()
                            .operator*()
                            .find("blocklistItemId")
                            ->string());
  const std::string item =
      R"({"blocklistItemId":")" + id + R"(","description":"d","text":"fool","isRegex":false})";
  EXPECT_EQ(say(Method::kGet, "/blocklists/own/blocklistItems/" + id), "200 " + item);
  const std::string text = R"({"text":"a fool, a FOOL","blocklistNames":["own"])";
  const std::string match =
      R"(200 {"blocklistsMatch":[{"blocklistName":"own","blocklistItemId":")" + id +
      R"(","blocklistItemText":"fool"}],"categoriesAnalysis":[)";
  EXPECT_EQ(analyze(text + "}").substr(0, match.size()), match);
  EXPECT_EQ(analyze(text + R"(,"haltOnBlocklistHit":true})"), match + "]}");
  EXPECT_EQ(analyze(R"({"text":"ID1OT","blocklistNames":["own"]})").substr(0, 29),
            R"(200 {"blocklistsMatch":[{"blo)");
  const std::string ids = R"({"blocklistItemIds":[")" + id + R"("]})";
  EXPECT_EQ(say(Method::kPost, "/blocklists/own:removeBlocklistItems", ids), "204 ");
  EXPECT_EQ(error_of(Method::kPost, "/blocklists/own:removeBlocklistItems", ids),
            "404 ResourceNotFound");
  EXPECT_EQ(error_of(Method::kGet, "/blocklists/own/blocklistItems/" + id), "404 ResourceNotFound");
}

TEST_F(Azure, AddingTheSameTextAgainChangesTheItem) {
  ASSERT_TRUE(lists_.put_list("own", nullptr));
  for (const char* body : {R"({"blocklistItems":[{"text":"fool"}]})",
                           R"({"blocklistItems":[{"text":"fool","description":"new"}]})"}) {
    send(Method::kPost, "/blocklists/own:addOrUpdateBlocklistItems", body);
  }
  ASSERT_EQ(lists_.matcher()->lists()[0].items.size(), 1U);
  EXPECT_EQ(lists_.matcher()->lists()[0].items[0].description, "new");
}

TEST_F(Azure, BadItemsAreTold) {
  const std::string add = "/blocklists/own:addOrUpdateBlocklistItems";
  EXPECT_EQ(error_of(Method::kPost, add, R"({"blocklistItems":[{"text":"a"}]})"),
            "404 ResourceNotFound");
  ASSERT_TRUE(lists_.put_list("own", nullptr));
  for (const char* body : {"{}", R"({"blocklistItems":[]})", R"({"blocklistItems":[{}]})",
                           R"({"blocklistItems":[{"text":""}]})",
                           R"({"blocklistItems":[{"text":"(","isRegex":true}]})"}) {
    EXPECT_EQ(error_of(Method::kPost, add, body), "400 InvalidRequestBody") << body;
  }
  for (const char* body : {"{}", R"({"blocklistItemIds":["a",3]})", R"({"blocklistItemIds":[]})"}) {
    EXPECT_EQ(error_of(Method::kPost, "/blocklists/own:removeBlocklistItems", body),
              "400 InvalidRequestBody")
        << body;
  }
}

TEST_F(Azure, APageThatIsNoneIsRefusedNotTakenForTheFirst) {
  fill(3);
  const std::string version = query_;
  for (const char* page : {"skip=x", "skip=-1", "skip=1x", "skip=99999999999999999999",
                           "skip=", "top=1.5", "maxpagesize=x"}) {
    query_ = version + "&" + page;
    EXPECT_EQ(error_of(Method::kGet, "/blocklists/own/blocklistItems"), "400 InvalidRequestBody")
        << page;
    EXPECT_EQ(error_of(Method::kGet, "/blocklists"), "400 InvalidRequestBody") << page;
  }
  query_ = version + "&skip=9999999999";
  EXPECT_EQ(send(Method::kGet, "/blocklists/own/blocklistItems").body, R"({"value":[]})");
}

TEST_F(Azure, ANameThatIsNotUtf8IsShownAsUtf8) {
  for (const std::string name : {"o%87n", "o\x87n"}) {
    EXPECT_EQ(say(Method::kGet, "/blocklists/" + name),
              R"(404 {"error":{"code":"ResourceNotFound","message":"The blocklist 'o)"
              "\xEF\xBF\xBD"
              R"(n' does not exist."}})");
  }
}

TEST_F(Azure, PagesLeadToTheNext) {
  fill(250);
  query_ += "&maxpagesize=100&top=220";
  std::size_t seen = 0;
  std::string path = "/blocklists/own/blocklistItems";
  int pages = 0;
  for (; !path.empty(); ++pages) {
    const auto body = send(Method::kGet, path).body;
    const auto page = reader_.parse(body);
    for ([[maybe_unused]] const json::Value item : page->find("value")->items()) ++seen;
    const auto next = page->find("nextLink");
    path.clear();
    if (!next) continue;
    const std::string link(*next->string());
    const std::string prefix = "https://here:1/contentsafety/text";
    ASSERT_EQ(link.substr(0, prefix.size()), prefix);
    path = link.substr(prefix.size());
    query_ = "";
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen, 220U);
}

TEST_F(Azure, TheListsAreTheOperators) {
  service_.operator_guard = [](const http::Request& request) -> std::optional<http::Failure> {
    if (request.header("authorization") == "Bearer right") return std::nullopt;
    return http::Failure{.status = 401, .code = "unauthorized", .message = "no"};
  };
  EXPECT_EQ(error_of(Method::kGet, "/blocklists"), "401 Unauthorized");
  EXPECT_EQ(send(Method::kGet, "/blocklists", "", "wrong").status, 401);
  EXPECT_EQ(send(Method::kGet, "/blocklists", "", "right").status, 200);
  EXPECT_EQ(send(Method::kPost, ":analyze", R"({"text":"a"})").status, 200);
}

}  // namespace
}  // namespace dss::api::azure
