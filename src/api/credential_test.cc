#include "api/credential.h"

#include <gtest/gtest.h>

#include <vector>

namespace dss::api {
namespace {

std::string shown(const std::vector<http::HeaderView>& headers, std::string_view query = {}) {
  http::Request request;
  request.headers = headers;
  request.query = query;
  std::string memory;
  return std::string(credential_of(request, &memory));
}

TEST(Credential, IsTakenFromEveryPlaceThatClientsUse) {
  EXPECT_EQ(shown({{"Authorization", "Bearer one"}}), "one");
  EXPECT_EQ(shown({{"X-API-Key", "two"}}), "two");
  EXPECT_EQ(shown({{"x-goog-api-key", "three"}}), "three");
  EXPECT_EQ(shown({{"Ocp-Apim-Subscription-Key", "four"}}), "four");
  EXPECT_EQ(shown({}, "alt=json&key=fi%76e"), "five");
}

TEST(Credential, TheAuthorizationHeaderGoesFirstWhateverItHolds) {
  EXPECT_EQ(shown({{"X-API-Key", "key"}, {"Authorization", "Bearer token"}}, "key=query"), "token");
  EXPECT_EQ(shown({{"X-API-Key", "key"}, {"Authorization", "Basic dXNlcg=="}}), "");
}

TEST(Credential, IsEmptyWhereThereIsNone) {
  EXPECT_EQ(shown({}), "");
  EXPECT_EQ(shown({{"X-API-Key", ""}}, "keys=1&monkey=2"), "");
  EXPECT_EQ(shown({}, "key"), "");
}

}  // namespace
}  // namespace dss::api
