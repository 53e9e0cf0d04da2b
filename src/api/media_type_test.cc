#include "api/media_type.h"

#include <gtest/gtest.h>

namespace dss::api {
namespace {

TEST(IsJson, AcceptsWhatClientsSend) {
  for (const std::string_view type :
       {"", "application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8",
        "Application/JSON ; charset=\"utf-8\"", "application/problem+json",
        "application/json; odata=verbose; charset=utf8", "application/json;"}) {
    EXPECT_TRUE(is_json(type)) << type;
  }
}

TEST(IsJson, RefusesOtherTypesAndCharsets) {
  for (const std::string_view type :
       {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/+json",
        "text/json", "application/json; charset=iso-8859-1", "application/json; charset=",
        "multipart/form-data; boundary=x", ";", "json", "application/octet-stream"}) {
    EXPECT_FALSE(is_json(type)) << type;
  }
}

}  // namespace
}  // namespace dss::api
