#include "api/json_body.h"

#include <gtest/gtest.h>

namespace dss::api {
namespace {

class JsonBody : public testing::Test {
 protected:
  // `code: message`, or the value of the member `a`.
  std::string read(std::string body, std::vector<http::HeaderView> headers = {}) {
    const std::size_t size = body.size();
    body.append(json::kPadding, '#');
    http::Request request;
    request.body = std::string_view(body).substr(0, size);
    request.headers = headers;
    const auto object = json_object(request, &json::thread_reader());
    if (object) return std::string(object->find("a")->string().value());
    status_ = object.error().status;
    return std::string(object.error().code) + ": " + object.error().message;
  }
  int status_ = 0;
};

TEST_F(JsonBody, IsAnObject) {
  EXPECT_EQ(read(R"({"a":"b"})"), "b");
  EXPECT_EQ(read("\xEF\xBB\xBF{\"a\":\"b\"}"), "b") << "PowerShell writes a byte order mark";
  EXPECT_EQ(read(R"({"a":"b"})", {{"Content-Type", "application/json; charset=utf-8"},
                                  {"Content-Encoding", "identity"}}),
            "b");
}

TEST_F(JsonBody, AnythingElseIsRefusedWithItsCause) {
  EXPECT_EQ(read("[]"), "not_an_object: The body must be a JSON object");
  EXPECT_EQ(status_, 400);
  EXPECT_EQ(read("{secret"),
            "invalid_json: The body is not valid JSON: Expecting property name enclosed in double "
            "quotes: line 1 column 2 (char 1)");
  EXPECT_EQ(read("").substr(0, 12), "invalid_json");
  EXPECT_EQ(status_, 400);
}

TEST_F(JsonBody, OtherMediaTypesAreRefused) {
  EXPECT_EQ(read("{}", {{"Content-Type", "text/plain"}}).substr(0, 22), "unsupported_media_type");
  EXPECT_EQ(status_, 415);
  status_ = 0;
  EXPECT_EQ(read("{}", {{"Content-Encoding", "gzip"}}).substr(0, 22), "unsupported_media_type");
  EXPECT_EQ(status_, 415);
}

}  // namespace
}  // namespace dss::api
