#include "base/url.h"

#include <gtest/gtest.h>

namespace dss::base {
namespace {

TEST(Url, PasswordsAreNotShown) {
  EXPECT_EQ(without_password("postgresql://dss:hunter2@db:5432/feedback"),
            "postgresql://dss:(redacted)@db:5432/feedback");
  EXPECT_EQ(without_password("postgresql://h/d?password=hunter2&sslmode=require"),
            "postgresql://h/d?password=(redacted)&sslmode=require");
  EXPECT_EQ(without_password("postgresql://h/d?sslpassword=a&sslmode=require&password=b"),
            "postgresql://h/d?sslpassword=(redacted)&sslmode=require&password=(redacted)");
}

TEST(Url, ABadlyEscapedPasswordIsNotShownEither) {
  for (const char* url : {"postgresql://u:hun@ter2@h/d", "postgresql://u:hun/ter2@h/d",
                          "postgresql://u:hun?ter2@h/d"}) {
    const std::string shown = without_password(url);
    EXPECT_EQ(shown.find("hun"), std::string::npos) << shown;
    EXPECT_EQ(shown.find("ter2"), std::string::npos) << shown;
  }
}

TEST(Url, OtherTextsStayAsTheyAre) {
  for (const char* text : {"", "sqlite:/var/lib/dss/feedback.db", "postgresql://dss@db/feedback",
                           "postgresql:///d?host=/run/pg", "postgresql://db:5432/d", "a:b@c"}) {
    EXPECT_EQ(without_password(text), text);
  }
}

}  // namespace
}  // namespace dss::base
