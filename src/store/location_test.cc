#include "store/location.h"

#include <gtest/gtest.h>

namespace dss::store {
namespace {

TEST(Location, IsAFileOrAServer) {
  const auto file = parse_location("sqlite:/var/lib/dss/feedback.db");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->kind, Location::Kind::kSqlite);
  EXPECT_EQ(file->value, "/var/lib/dss/feedback.db");
  for (const char* url : {"postgresql://dss@db/feedback", "postgres:///feedback?host=/run/pg"}) {
    const auto server = parse_location(url);
    ASSERT_TRUE(server) << url;
    EXPECT_EQ(server->kind, Location::Kind::kPostgres);
    EXPECT_EQ(server->value, url);
  }
}

TEST(Location, RefusesAnythingElseWithoutRepeatingIt) {
  for (const char* text :
       {"", "sqlite:", "feedback.db", "mysql://u:hunter2@h/d", "postgresql://u:hunter2@more@h/d"}) {
    const auto location = parse_location(text);
    ASSERT_FALSE(location) << text;
    EXPECT_EQ(location.error().kind, base::ErrorKind::kInvalidArgument);
    EXPECT_EQ(location.error().message.find("hunter2"), std::string::npos);
  }
}

TEST(Location, ShowsNoPassword) {
  const auto server = parse_location("postgresql://dss:hunter2@db/feedback");
  ASSERT_TRUE(server);
  EXPECT_EQ(server->shown(), "postgresql://dss:(redacted)@db/feedback");
}

}  // namespace
}  // namespace dss::store
