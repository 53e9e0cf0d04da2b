#include "otlp/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <sstream>

#include "json/reader.h"

namespace dss::otlp {
namespace {

base::SystemTime at(std::int64_t nanoseconds) {
  return base::SystemTime(std::chrono::nanoseconds(nanoseconds));
}

Span server_span() {
  Span span;
  span.trace_id = {0x5b, 0x8e, 0xff, 0xf7, 0x98, 0x03, 0x81, 0x03,
                   0xd2, 0x69, 0xb6, 0x33, 0x81, 0x3f, 0xc6, 0x0c};
  span.span_id = {0xee, 0xe1, 0x9b, 0x7e, 0xc3, 0xc1, 0xb1, 0x74};
  span.parent_id = {0xee, 0xe1, 0x9b, 0x7e, 0xc3, 0xc1, 0xb1, 0x73};
  span.remote_parent = true;
  span.name = "POST /analyze";
  span.kind = Kind::kServer;
  span.start = at(1'544'712'660'000'000'000);
  span.end = at(1'544'712'661'000'000'001);
  span.attributes = {{"http.route", std::string("/analyze")},
                     {"http.response.status_code", std::int64_t{503}},
                     {"dss.score", 12.5},
                     {"dss.degraded", true}};
  span.error = true;
  return span;
}

Sender sender() {
  return {.resource = {{"service.name", "dss"}, {"deployment.environment.name", "a \"quoted\" é"}},
          .scope_version = "0.1.0"};
}

std::string file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The golden file is one line, as it goes over the wire.
TEST(OtlpEncoding, IsTheSpecificationsMapping) {
  Span stage;
  stage.trace_id = server_span().trace_id;
  stage.span_id = {1, 2, 3, 4, 5, 6, 7, 8};
  stage.parent_id = server_span().span_id;
  stage.name = "infer";
  stage.start = at(1);
  stage.end = at(2);
  const std::vector<Span> spans = {server_span(), stage};
  EXPECT_EQ(export_request(sender(), spans) + "\n",
            file(DSS_SOURCE_DIR "/tests/golden/otlp/export_request.json"));
}

TEST(OtlpEncoding, ARootHasNoParent) {
  Span span = server_span();
  span.parent_id = {};
  span.remote_parent = false;
  const std::string text = export_request(sender(), {&span, 1});
  EXPECT_EQ(text.find("parentSpanId"), std::string::npos);
  EXPECT_NE(text.find(R"("flags":257)"), std::string::npos);
}

RC_GTEST_PROP(OtlpEncoding, TimesSurviveToTheNanosecond, ()) {
  const auto start = *rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000'000'000);
  Span span = server_span();
  span.start = at(start);
  json::Reader reader;
  const std::string text = export_request(sender(), {&span, 1});
  const auto parsed = reader.parse(text);
  RC_ASSERT(parsed.has_value());
  const auto first = [](json::Value value, std::string_view key) {
    return *value.find(key)->items().begin();
  };
  const auto sent = first(first(first(*parsed, "resourceSpans"), "scopeSpans"), "spans");
  RC_ASSERT(*sent.find("startTimeUnixNano")->string() == std::to_string(start));
}

TEST(OtlpEncoding, RejectedSpansAreReadAsStringOrNumber) {
  EXPECT_EQ(rejected_spans(R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"x"}})"), 3U);
  EXPECT_EQ(rejected_spans(R"({"partialSuccess":{"rejectedSpans":7}})"), 7U);
  for (const char* none : {"{}", R"({"partialSuccess":{}})", "", "<html>", "[]",
                           R"({"partialSuccess":{"rejectedSpans":"-1"}})",
                           R"({"partialSuccess":{"rejectedSpans":{}}})"}) {
    EXPECT_EQ(rejected_spans(none), 0U) << none;
  }
}

}  // namespace
}  // namespace dss::otlp
