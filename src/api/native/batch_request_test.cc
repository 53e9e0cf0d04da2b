#include "api/native/batch_request.h"

#include <gtest/gtest.h>

namespace dss::api::native {
namespace {

tl::expected<BatchRequest, std::vector<Issue>> parse(std::string body) {
  const std::size_t size = body.size();
  body.append(json::kPadding, ' ');
  return parse_batch_request(std::string_view(body).substr(0, size), "simple",
                             &json::thread_reader());
}

std::string list_of(std::size_t count) {
  std::string body = "{\"texts\":[";
  for (std::size_t i = 0; i < count; ++i) body += i == 0 ? "\"a\"" : ",\"a\"";
  return body + "]}";
}

TEST(BatchRequest, HoldsTexts) {
  const auto request = parse(R"({"texts":["a","  b c "],"model":"bert","explain":true})");
  ASSERT_TRUE(request);
  ASSERT_EQ(request->texts.size(), 2U);
  EXPECT_EQ(request->texts[1].text, "b c");
  EXPECT_EQ(request->texts[1].trimmed_in_front, 2U);
  EXPECT_EQ(request->model, "bert");
  EXPECT_TRUE(request->explain);
}

TEST(BatchRequest, NamesThePlaceOfEachFault) {
  const auto request = parse(R"({"texts":["a",7,"",null]})");
  ASSERT_FALSE(request);
  ASSERT_EQ(request.error().size(), 3U);
  EXPECT_EQ(request.error()[0].type, "type_error.str");
  EXPECT_EQ(request.error()[0].index, 1U);
  EXPECT_EQ(request.error()[1].index, 2U);
  EXPECT_EQ(request.error()[2].type, "type_error.none.not_allowed");
}

TEST(BatchRequest, HasBounds) {
  EXPECT_TRUE(parse(list_of(kMaxBatchTexts)));
  const auto many = parse(list_of(kMaxBatchTexts + 1));
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error()[0].type, "value_error.list.max_items");
  EXPECT_EQ(many.error().size(), 1U);
  const auto none = parse(R"({"texts":[]})");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error()[0].type, "value_error.list.min_items");
  EXPECT_FALSE(parse(R"({"texts":"a"})"));
  EXPECT_FALSE(parse(R"({})"));
  EXPECT_FALSE(parse(R"({"texts":[")" + std::string(kMaxBatchCharacters + 1, 'x') + R"("]})"));
  EXPECT_TRUE(parse(R"({"texts":[")" + std::string(kMaxBatchCharacters, 'x') + R"("]})"));
}

}  // namespace
}  // namespace dss::api::native
