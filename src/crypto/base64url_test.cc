#include "crypto/base64url.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::crypto {
namespace {

TEST(Base64Url, KnownTexts) {
  EXPECT_EQ(base64url(""), "");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("foob"), "Zm9vYg");
  EXPECT_EQ(base64url("\xFB\xFF"), "-_8");
}

TEST(Base64Url, HasOneSpelling) {
  for (const char* bad : {"Zg==", "Zh", "Z", "Zm9v Yg", "-/8", "Zm9=", "+_8"}) {
    EXPECT_FALSE(base64url_decoded(bad).has_value()) << bad;
  }
}

RC_GTEST_PROP(Base64Url, ComesBack, (const std::string& bytes)) {
  RC_ASSERT(base64url_decoded(base64url(bytes)) == bytes);
}

RC_GTEST_PROP(Base64Url, WhatIsReadIsWrittenTheSame, (const std::string& text)) {
  const auto bytes = base64url_decoded(text);
  if (bytes) RC_ASSERT(base64url(*bytes) == text);
}

}  // namespace
}  // namespace dss::crypto
