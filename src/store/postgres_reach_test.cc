#include "store/postgres_reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace dss::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

using Variables = std::map<std::string, std::string>;

PostgresReach reach_of(std::string_view url, const Variables& variables = {}) {
  return postgres_reach(url, [&](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(PostgresReach, PortsOfTheHosts) {
  EXPECT_THAT(reach_of("postgresql://dss@db/feedback").ports, Optional(ElementsAre(5432)));
  EXPECT_THAT(reach_of("postgresql://dss@db:6000/feedback").ports, Optional(ElementsAre(6000)));
  EXPECT_THAT(reach_of("postgres://a:6001,b:6002").ports, Optional(ElementsAre(6001, 6002)));
  EXPECT_THAT(reach_of("postgres://a:6001,b").ports, Optional(ElementsAre(6001, 5432)));
  EXPECT_THAT(reach_of("postgresql://u:p%40w:7@[::1]:6003/x").ports, Optional(ElementsAre(6003)));
  EXPECT_THAT(reach_of("postgresql://[::1]/x").ports, Optional(ElementsAre(5432)));
}

TEST(PostgresReach, PortsOfTheQueryAndTheEnvironment) {
  EXPECT_THAT(reach_of("postgresql://db/x?port=6000,6001").ports,
              Optional(ElementsAre(6000, 6001)));
  EXPECT_THAT(reach_of("postgresql:///x", {{"PGPORT", "6002"}}).ports, Optional(ElementsAre(6002)));
  EXPECT_THAT(reach_of("postgresql://db:none/x").ports, Optional(ElementsAre(5432)));
}

TEST(PostgresReach, AServiceFileMayNameAnyPort) {
  EXPECT_EQ(reach_of("postgresql://?service=feedback").ports, std::nullopt);
  EXPECT_EQ(reach_of("postgresql://db/x", {{"PGSERVICE", "feedback"}}).ports, std::nullopt);
}

TEST(PostgresReach, FilesOfTheQueryAndTheEnvironment) {
  const auto reach =
      reach_of("postgresql://db/x?sslmode=verify-full&sslrootcert=%2Fsecrets%2Fca.pem",
               {{"PGPASSFILE", "/secrets/pass"}, {"HOME", "/home/dss"}});
  EXPECT_THAT(reach.files, ElementsAre("/secrets/ca.pem", "/secrets/pass", "/home/dss/.pgpass",
                                       "/home/dss/.postgresql", "/home/dss/.pg_service.conf"));
  EXPECT_THAT(reach_of("postgresql://db/x?sslmode=require").files, IsEmpty());
  EXPECT_THAT(reach_of("postgresql:///x?host=/run/postgresql").files, Contains("/run/postgresql"));
}

TEST(PostgresReach, WhatIsNoUrlIsReadToItsEnd) {
  for (const char* url :
       {"", "postgresql:", "postgresql://", "postgresql://@", "postgresql://[", "postgresql://%",
        "postgresql://a?", "postgresql://a?=%2", "x://a:/?port="}) {
    EXPECT_TRUE(reach_of(url).ports.has_value()) << url;
  }
}

}  // namespace
}  // namespace dss::store
