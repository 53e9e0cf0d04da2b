#include "api/perspective/batch.h"

#include <gtest/gtest.h>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/perspective/error.h"
#include "api/perspective/multipart.h"
#include "api/perspective/routes.h"

namespace dss::api::perspective {
namespace {

class PerspectiveBatch : public testing::Test {
 protected:
  PerspectiveBatch() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    table_.renderers.emplace_back("", error_renderer());
    add_routes(service_, {}, &table_);
  }

  static std::string part(const std::string& id, const std::string& target,
                          const std::string& body) {
    return "--x\nContent-Type: application/http\nContent-ID: " + id + "\n\nPOST " + target +
           " HTTP/1.1\nContent-Type: application/json\n\n" + body + "\n";
  }
  static std::string analyze_part(const std::string& id, const std::string& text) {
    return part(id, "/v1alpha1/comments:analyze?key=k&alt=json",
                R"({"comment":{"text":")" + text + R"("},"requestedAttributes":{"TOXICITY":{}}})");
  }
  http::Response send(const std::string& body) {
    return *run(table_, {.method = http::Method::kPost,
                         .path = "/batch",
                         .headers = {{"Content-Type", "multipart/mixed; boundary=\"x\""}},
                         .body = body});
  }
  // The parts of an answer, each an HTTP response; views into it.
  static std::vector<Part> parts_of(http::Response&& response) = delete;
  static std::vector<Part> parts_of(const http::Response& response) {
    const auto boundary = boundary_of(response.content_type);
    return *split_parts(response.body, *boundary, kMostBatchParts);
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
};

TEST_F(PerspectiveBatch, AnswersEachPart) {
  const auto response = send(analyze_part("<u + 1>", "p=0.5") + analyze_part("<u\n + 2>", " ") +
                             analyze_part("<u + 3>", "p=0.25") + "--x--");
  EXPECT_EQ(response.status, 200);
  const auto parts = parts_of(response);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(header_value(parts[0].headers, "content-id"), "<response-u + 1>");
  EXPECT_EQ(header_value(parts[1].headers, "content-id"), "<response-u + 2>");
  EXPECT_EQ(header_value(parts[0].headers, "content-type"), "application/http");
  EXPECT_TRUE(parts[0].content.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(parts[1].content.starts_with("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_NE(parts[0].content.find(R"("value":0.5,)"), std::string::npos);
  EXPECT_NE(parts[1].content.find("COMMENT_EMPTY"), std::string::npos);
  EXPECT_NE(parts[2].content.find(R"("value":0.25,)"), std::string::npos);
}

TEST_F(PerspectiveBatch, KnowsTheOtherMethodsToo) {
  const std::string suggestion =
      R"({"comment":{"text":"a"},"clientToken":"t","attributeScores":{"TOXICITY":{"summaryScore":{"value":1}}}})";
  const auto response =
      send(part("<a>", "https://commentanalyzer.googleapis.com/v1alpha1/comments:suggestscore",
                suggestion) +
           part("<b>", "/v1/other", "{}") + "--x--");
  const auto parts = parts_of(response);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NE(parts[0].content.find(R"({"clientToken":"t"})"), std::string::npos);
  EXPECT_TRUE(parts[1].content.starts_with("HTTP/1.1 404 Not Found\r\n"));
}

TEST_F(PerspectiveBatch, ACompressedPartIsRefusedAlone) {
  std::string compressed = analyze_part("<a>", "p=0.5");
  compressed.insert(compressed.find("Content-Type: application/json"), "Content-Encoding: gzip\n");
  const auto response = send(compressed + analyze_part("<b>", "p=0.5") + "--x--");
  const auto parts = parts_of(response);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_TRUE(parts[0].content.starts_with("HTTP/1.1 415 Unsupported Media Type\r\n"));
  EXPECT_TRUE(parts[1].content.starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_F(PerspectiveBatch, HoldsAThousandPartsAndNoMore) {
  std::string body;
  for (int i = 0; i < 1000; ++i) body += analyze_part("<u + " + std::to_string(i) + ">", "p=0.5");
  const auto full = send(body + "--x--");
  EXPECT_EQ(full.status, 200);
  const auto parts = parts_of(full);
  ASSERT_EQ(parts.size(), 1000U);
  EXPECT_EQ(header_value(parts[999].headers, "content-id"), "<response-u + 999>");
  const auto refused = send(body + analyze_part("<u + 1000>", "p=0.5") + "--x--");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("more than 1000 parts"), std::string::npos);
}

TEST_F(PerspectiveBatch, LargeOnesAreReadAside) {
  int tasks = 0;
  service_.run_aside = [&](http::Task* task) {
    ++tasks;
    (*task)();
    return true;
  };
  std::string body;
  for (int i = 0; i < 200; ++i) body += analyze_part("<u + " + std::to_string(i) + ">", "p=0.5");
  EXPECT_EQ(send(body + "--x--").status, 200);
  EXPECT_EQ(tasks, 1);
  EXPECT_EQ(send(analyze_part("<u + 1>", "p=0.5") + "--x--").status, 200);
  EXPECT_EQ(tasks, 1) << "a small one is read at once";
  service_.run_aside = [](http::Task*) { return false; };
  const auto busy = send(body + "--x--");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(header_of(busy, "Retry-After"), "1");
}

TEST_F(PerspectiveBatch, IdsThatAreNoneStayOut) {
  const auto response =
      send(analyze_part("<é>", "p=0.5") + analyze_part("plain", "p=0.5") + "--x--");
  const auto parts = parts_of(response);
  EXPECT_EQ(header_value(parts[0].headers, "content-id"), "");
  EXPECT_EQ(header_value(parts[1].headers, "content-id"), "response-plain");
}

TEST_F(PerspectiveBatch, WhatIsNoBatchIsRefused) {
  EXPECT_EQ(send("nothing").status, 400);
  EXPECT_EQ(run(table_, {.method = http::Method::kPost, .path = "/batch", .body = "{}"})->status,
            400);
}

}  // namespace
}  // namespace dss::api::perspective
