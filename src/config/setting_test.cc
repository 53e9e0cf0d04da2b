#include "config/setting.h"

#include "config/test_support.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::config {
namespace {

std::string message(const char* key, const char* text) {
  const Table table = sample_table();
  const auto value = canonical(*table.find(key), text);
  return value ? "accepted " + *value : value.error().message;
}

TEST(Setting, FlagAndVariableFollowFromTheKey) {
  const Table table = sample_table();
  EXPECT_EQ(table.find("log.level")->flag(), "--log-level");
  EXPECT_EQ(table.find("log.level")->environment_name(), "DSS_LOG_LEVEL");
  EXPECT_EQ(table.find("token")->flag(), "");
  EXPECT_EQ(table.find_environment("DSS_TOKEN")->key, "token");
  EXPECT_EQ(table.find("unknown"), nullptr);
  EXPECT_EQ(table.find_environment("DSS_UNKNOWN"), nullptr);
}

TEST(Setting, ValuesHaveOneSpelling) {
  EXPECT_EQ(message("port", "080"), "accepted 80");
  EXPECT_EQ(message("threshold.toxic", "0.50"), "accepted 0.5");
  EXPECT_EQ(message("quick", "TRUE"), "accepted true");
  EXPECT_EQ(message("quick", "0"), "accepted false");
  EXPECT_EQ(message("listen", " a , ,b,"), "accepted a,b");
}

TEST(Setting, RefusalsSayWhatIsAllowed) {
  EXPECT_EQ(message("port", "65536"), "'65536' is not a whole number from 0 to 65535");
  for (const char* text : {"", "x", "80x", "-1", "8.5", "99999999999999999999"})
    EXPECT_NE(message("port", text).find("is not a whole number"), std::string::npos) << text;
  EXPECT_EQ(message("threshold.toxic", "nan"), "'nan' is not a number from 0 to 1");
  EXPECT_EQ(message("log.level", "loud"), "'loud' is not one of debug, info");
  EXPECT_EQ(message("quick", "maybe"), "'maybe' is not true or false");
}

RC_GTEST_PROP(Setting, CanonicalIsIdempotent, (const std::string& text)) {
  const Table table = sample_table();
  for (const Setting& setting : table.settings()) {
    const auto once = canonical(setting, text);
    if (once) RC_ASSERT(canonical(setting, *once).value() == *once);
  }
}

}  // namespace
}  // namespace dss::config
