#include "app/serve/sandbox_needs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/settings_table.h"

namespace dss::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using Flags = std::vector<std::pair<std::string, std::string>>;

std::optional<std::string> no_variable(const char*) { return std::nullopt; }

sandbox::Needs needs_of(Flags flags, const store::Variable& variable = no_variable) {
  flags.emplace_back("models", "/srv/dss/models");
  const auto settings = config::Settings::resolve(settings_table(), {std::move(flags), {}, {}});
  return sandbox_needs(serve_settings(settings.value()).value(), variable);
}

TEST(SandboxNeeds, ByDefaultNothingIsWrittenAndNothingConnected) {
  const auto needs = needs_of({});
  EXPECT_THAT(needs.read, Contains("/srv/dss/models"));
  EXPECT_THAT(needs.read, Contains("/proc/self"));
  EXPECT_THAT(needs.read, Not(Contains("/etc")));
  EXPECT_THAT(needs.write, IsEmpty());
  EXPECT_FALSE(needs.outgoing.any);
  EXPECT_FALSE(needs.outgoing.loads_names);
  EXPECT_THAT(needs.listen, ElementsAre(8000, 8000));
}

TEST(SandboxNeeds, FoldersOfEverythingThatIsReadAgain) {
  const auto needs = needs_of({{"tls-cert", "/srv/tls/cert.pem"},
                               {"tls-key", "/srv/key/key.pem"},
                               {"metrics.token-file", "/srv/tokens/file"},
                               {"policies.directory", "/srv/dss/policies"},
                               {"privacy.hash-key-file", "/srv/hash/key"},
                               {"auth", "keys"},
                               {"auth-store", "file:/srv/auth/keys"},
                               {"encoder.directory", "/srv/own/bert"},
                               {"security.sandbox-read", "/srv/more"}});
  for (const char* folder : {"/srv/tls", "/srv/key", "/srv/tokens", "/srv/dss/policies",
                             "/srv/hash", "/srv/auth", "/srv/own/bert", "/srv/more"}) {
    EXPECT_THAT(needs.read, Contains(folder));
  }
}

TEST(SandboxNeeds, ListsAndSqliteAreWritten) {
  const auto needs = needs_of({{"lists.directory", "/srv/dss/lists"},
                               {"feedback.store", "sqlite:/srv/feedback/f.db"},
                               {"feedback.key-file", "/srv/secret/key"}});
  EXPECT_THAT(needs.write, ElementsAre("/srv/dss/lists", "/srv/feedback", "/srv/secret"));
  EXPECT_FALSE(needs.outgoing.any);
}

TEST(SandboxNeeds, PostgresIsReachedOnItsPort) {
  const auto needs = needs_of({{"feedback.store", "postgresql://dss@db:6000/feedback"},
                               {"feedback.key-file", "/srv/secret/key"}});
  EXPECT_TRUE(needs.outgoing.any);
  EXPECT_TRUE(needs.outgoing.loads_names) << "libpq is loaded when it is needed";
  EXPECT_THAT(needs.outgoing.ports, ElementsAre(6000, 53));
  EXPECT_THAT(needs.read, Contains("/etc"));
  EXPECT_THAT(needs.read, Contains("/srv/secret"));
  EXPECT_THAT(needs.write, IsEmpty());
}

TEST(SandboxNeeds, APostgresServiceMayBeOnAnyPort) {
  const auto variable = [](const char* name) -> std::optional<std::string> {
    return std::string_view(name) == "PGSERVICE" ? std::optional<std::string>("x") : std::nullopt;
  };
  EXPECT_TRUE(needs_of({{"auth", "keys"}, {"auth-store", "postgresql://db/x"}}, variable)
                  .outgoing.every_port);
}

TEST(SandboxNeeds, ACollectorWithAnAddressNeedsNoResolver) {
  for (const char* url : {"http://127.0.0.1:4000", "http://[::1]:4000/v1/traces"}) {
    const auto needs = needs_of({{"tracing.endpoint", url}});
    EXPECT_TRUE(needs.outgoing.any);
    EXPECT_FALSE(needs.outgoing.loads_names);
    EXPECT_THAT(needs.outgoing.ports, ElementsAre(4000));
    EXPECT_THAT(needs.read, Not(Contains("/etc")));
  }
  EXPECT_TRUE(needs_of({{"tracing.endpoint", "http://collector"}}).outgoing.loads_names);
}

TEST(SandboxNeeds, LibrariesAreFoundWhereTheLoaderLooks) {
  const auto variable = [](const char* name) -> std::optional<std::string> {
    return std::string_view(name) == "LD_LIBRARY_PATH"
               ? std::optional<std::string>("/opt/a::/opt/b")
               : std::nullopt;
  };
  const auto needs = needs_of({{"tracing.endpoint", "http://collector"}}, variable);
  EXPECT_THAT(needs.read, Contains("/opt/a"));
  EXPECT_THAT(needs.read, Contains("/opt/b"));
}

TEST(SandboxNeeds, AdminListenersAreBoundToo) {
  const auto needs = needs_of({{"listen", "127.0.0.1:9000"}, {"admin-listen", "127.0.0.1:9001"}});
  EXPECT_THAT(needs.listen, ElementsAre(9000, 9001));
}

}  // namespace
}  // namespace dss::app
