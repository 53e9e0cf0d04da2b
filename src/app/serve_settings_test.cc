#include "app/serve_settings.h"

#include <set>

#include "app/settings_table.h"
#include "gtest/gtest.h"

namespace dss::app {
namespace {

using Flags = std::vector<std::pair<std::string, std::string>>;

base::Result<ServeSettings> from_flags(Flags flags, Flags environment = {}) {
  flags.emplace_back("models", "/tmp");
  const auto settings =
      config::Settings::resolve(settings_table(), {std::move(flags), std::move(environment), {}});
  if (!settings) return base::fail(settings.error());
  return serve_settings(*settings);
}

std::string error_of(Flags flags, Flags environment = {}) {
  const auto settings = from_flags(std::move(flags), std::move(environment));
  return settings ? "no error" : settings.error().message;
}

TEST(ServeSettings, ByDefaultBothLoopbacksOnPort8000) {
  const ServeSettings settings = from_flags({}).value();
  ASSERT_EQ(settings.listen.size(), 2U);
  EXPECT_EQ(config::to_string(settings.listen[0]), "127.0.0.1:8000");
  EXPECT_FALSE(settings.listen[0].optional);
  EXPECT_EQ(config::to_string(settings.listen[1]), "[::1]:8000");
  EXPECT_TRUE(settings.listen[1].optional) << "a machine may lack IPv6";
  EXPECT_EQ(settings.metrics_access, MetricsAccess::kLoopback);
  EXPECT_GE(settings.workers, 1U);
  EXPECT_TRUE(settings.admin_listen.empty());
}

TEST(ServeSettings, WithoutAnEndpointNothingIsTraced) {
  EXPECT_FALSE(from_flags({}).value().tracing.has_value());
  EXPECT_FALSE(from_flags({{"tracing.sample-ratio", "1"}}).value().tracing.has_value());
}

TEST(ServeSettings, TracesGoToTheEndpoint) {
  const auto tracing = from_flags({{"tracing.endpoint", "http://[::1]:9"},
                                   {"tracing.resource", "service.name=a,x=b=c"}})
                           .value()
                           .tracing;
  ASSERT_TRUE(tracing.has_value());
  EXPECT_EQ(tracing->endpoint.authority(), "[::1]:9");
  EXPECT_EQ(tracing->sample_ratio, 0.01);
  ASSERT_EQ(tracing->resource.size(), 2U);
  EXPECT_EQ(tracing->resource[1], std::pair(std::string("x"), std::string("b=c")));
}

TEST(ServeSettings, AFaultOfTracingNamesItsSetting) {
  EXPECT_EQ(error_of({{"tracing.endpoint", "collector:4318"}}),
            "tracing.endpoint: the URL does not begin with http://; write http://HOST:PORT, e.g. "
            "http://127.0.0.1:4318");
  EXPECT_NE(error_of({{"tracing.endpoint", "http://a"}, {"tracing.resource", "name"}})
                .find("tracing.resource: an attribute is not KEY=VALUE"),
            std::string::npos);
}

TEST(ServeSettings, APortMovesBothLoopbacks) {
  const ServeSettings settings = from_flags({{"port", "9000"}}).value();
  EXPECT_EQ(settings.listen[0].port, 9000);
  EXPECT_EQ(settings.listen[1].port, 9000);
}

TEST(ServeSettings, ListenAndPortTheStrongerLayerWins) {
  EXPECT_NE(error_of({{"listen", "127.0.0.1:1"}, {"port", "2"}}).find("contradict"),
            std::string::npos);
  const auto by_port = from_flags({{"port", "9000"}}, {{"DSS_LISTEN", "127.0.0.1:1"}}).value();
  EXPECT_EQ(by_port.listen[0].port, 9000);
  const auto by_list = from_flags({{"listen", "127.0.0.1:1"}}, {{"DSS_PORT", "9000"}}).value();
  EXPECT_EQ(by_list.listen.size(), 1U);
  EXPECT_EQ(by_list.listen[0].port, 1);
}

TEST(ServeSettings, BeyondTheLoopbackSomebodyMustSayWhoIsServed) {
  const std::string refused =
      " would serve everybody who reaches it; add --auth keys --auth-store URL ('dss keys --help' "
      "says how) or --allow-unauthenticated";
  EXPECT_EQ(error_of({{"listen", "127.0.0.1:80,0.0.0.0:80"}}), "listening on 0.0.0.0:80" + refused);
  EXPECT_EQ(error_of({{"listen", "[::]:80"}}), "listening on [::]:80" + refused);
  EXPECT_NE(error_of({{"listen", "0.0.0.0:80"}, {"metrics.token-file", "/run/token"}}), "")
      << "a token for /metrics is none for the rest";
  EXPECT_NE(error_of({{"listen", "0.0.0.0:80"}, {"admin-listen", "127.0.0.1:9464"}}), "");
  EXPECT_EQ(error_of({{"listen", "0.0.0.0:80"}, {"auth", "keys"}, {"auth-store", "file:/k"}}),
            "no error");
}

TEST(ServeSettings, WhoReadsTheMetrics) {
  const auto access = [](Flags flags) { return from_flags(flags).value().metrics_access; };
  EXPECT_EQ(access({}), MetricsAccess::kLoopback);
  EXPECT_EQ(access({{"allow-unauthenticated", "true"}}), MetricsAccess::kAnybody);
  EXPECT_EQ(access({{"admin-listen", "127.0.0.1:9464"}}), MetricsAccess::kAdmin);
  EXPECT_EQ(access({{"metrics.token-file", "/run/token"}}), MetricsAccess::kToken);
  EXPECT_EQ(access({{"metrics.token-file", "/run/token"}, {"allow-unauthenticated", "true"}}),
            MetricsAccess::kToken)
      << "the stricter word counts";
  EXPECT_EQ(access({{"auth", "keys"}, {"auth-store", "file:/k"}}), MetricsAccess::kRole);
}

TEST(ServeSettings, KeysAndTheirStoreBelongTogether) {
  EXPECT_EQ(error_of({{"auth", "keys"}}),
            "auth keys needs auth-store: where the keys are that 'dss keys create' made");
  EXPECT_NE(error_of({{"auth-store", "sqlite:k"}}).find("auth is none"), std::string::npos);
  EXPECT_EQ(error_of({{"auth", "keys"}, {"auth-store", "redis://h"}}).find("auth-store: "), 0U);
}

TEST(ServeSettings, TokensNeedAllThatTheyAreCheckedBy) {
  const Flags all = {{"auth", "jwt"},
                     {"jwt.jwks", "/k"},
                     {"jwt.issuer", "me"},
                     {"jwt.audience", "dss"},
                     {"jwt.alg", "EdDSA"}};
  const auto auth = from_flags(all).value().auth;
  EXPECT_EQ(auth.mode, AuthMode::kJwt);
  EXPECT_EQ(auth.jwt.algorithm, crypto::SignatureAlgorithm::kEdDsa);
  EXPECT_EQ(auth.jwt.leeway, std::chrono::seconds(60));
  EXPECT_FALSE(auth.store.has_value());
  for (std::size_t i = 1; i < all.size(); ++i) {
    Flags some = all;
    some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(error_of(some).find("auth jwt needs " + all[i].first), 0U);
  }
  EXPECT_EQ(error_of({{"jwt.issuer", "me"}}), "jwt.issuer is set, but auth is not jwt");
}

TEST(ServeSettings, QuotasHaveTenSecondsBurstAndNeedTheirRate) {
  EXPECT_FALSE(from_flags({}).value().quotas.has_value());
  const auto quotas = from_flags({{"quota.address-requests", "5"},
                                  {"quota.address-characters", "1000"},
                                  {"quota.address-characters-burst", "50"}})
                          .value()
                          .quotas;
  ASSERT_TRUE(quotas.has_value());
  EXPECT_EQ(quotas->address.requests.burst, 50);
  EXPECT_EQ(quotas->address.characters.burst, 50);
  EXPECT_EQ(quotas->failures.per_second, 0);
  EXPECT_EQ(error_of({{"quota.address-burst", "5"}}),
            "quota.address-burst needs quota.address-requests: how many a second in the long run");
  EXPECT_NE(error_of({{"quota.key-requests", "5"}}).find("auth is none"), std::string::npos);
  const auto keyed = from_flags({{"auth", "keys"}, {"auth-store", "file:/k"}}).value().quotas;
  ASSERT_TRUE(keyed.has_value());
  EXPECT_EQ(keyed->failures.burst, 60) << "guessing is slowed down";
}

TEST(ServeSettings, TrustedProxiesAreNetworks) {
  const auto proxies =
      from_flags({{"trusted-proxies", "10.0.0.0/8,::1"}, {"forwarded-header", "forwarded"}})
          .value()
          .proxies;
  EXPECT_EQ(proxies.networks.size(), 2U);
  EXPECT_EQ(proxies.header, auth::ForwardedHeader::kForwarded);
  EXPECT_EQ(error_of({{"trusted-proxies", "10.0.0.1/8"}}).find("trusted-proxies: '10.0.0.1/8'"),
            0U);
}

TEST(ServeSettings, AddressesAreCheckedWithTheCure) {
  EXPECT_EQ(error_of({{"listen", "example.org:80"}}).find("listen: 'example.org:80' is not"), 0U);
  EXPECT_EQ(error_of({{"admin-listen", "80"}}).find("admin-listen: '80' is not HOST:PORT"), 0U);
}

TEST(ServeSettings, LocalhostIsBothLoopbacks) {
  const ServeSettings settings = from_flags({{"listen", "localhost:80"}}).value();
  ASSERT_EQ(settings.listen.size(), 2U);
  EXPECT_TRUE(settings.listen[1].optional);
}

TEST(ServeSettings, AnAdminListenerBeyondTheLoopbackWithoutATokenIsOpen) {
  const auto open = [](Flags flags) {
    const ServeSettings settings = from_flags(std::move(flags)).value();
    const config::Address* address = open_admin_address(settings);
    return address == nullptr ? std::string() : config::to_string(*address);
  };
  EXPECT_EQ(open({{"admin-listen", "127.0.0.1:1,0.0.0.0:9464"}}), "0.0.0.0:9464");
  EXPECT_EQ(open({{"admin-listen", "127.0.0.1:9464,[::ffff:127.0.0.1]:1"}}), "");
  EXPECT_EQ(open({{"admin-listen", "0.0.0.0:1"}, {"metrics.token-file", "/run/token"}}), "");
  EXPECT_EQ(open({{"admin-listen", "0.0.0.0:1"}, {"allow-unauthenticated", "true"}}), "");
  EXPECT_EQ(open({}), "");
}

TEST(ServeSettings, TlsNeedsCertificateAndKey) {
  EXPECT_FALSE(from_flags({}).value().tls.has_value());
  const auto tls = from_flags({{"tls-cert", "c.pem"}, {"tls-key", "k.pem"}}).value().tls;
  ASSERT_TRUE(tls.has_value());
  EXPECT_EQ(tls->certificate, "c.pem");
  EXPECT_EQ(tls->key, "k.pem");
  EXPECT_EQ(error_of({{"tls-cert", "c.pem"}}),
            "tls-cert needs tls-key beside it; TLS takes a certificate and its key");
  EXPECT_EQ(error_of({{"tls-key", "k.pem"}}),
            "tls-key needs tls-cert beside it; TLS takes a certificate and its key");
}

TEST(ServeSettings, ThresholdsAndLimitsArrive) {
  const ServeSettings settings =
      from_flags({{"threshold.severe-toxic", "0.25"}, {"http.header-count", "32"}}).value();
  EXPECT_EQ(settings.thresholds, (policy::Thresholds{{"severe_toxic", 0.25F}}));
  EXPECT_EQ(settings.http_limits.header_count, 32U);
  EXPECT_EQ(settings.http_limits.header_bytes, http::Limits{}.header_bytes);
}

TEST(SettingsTable, EveryDefaultIsValidAndEveryNameIsTakenOnce) {
  std::set<std::string> names;
  for (const config::Setting& setting : settings_table().settings()) {
    if (!setting.default_value.empty()) {
      const auto value = config::canonical(setting, setting.default_value);
      EXPECT_TRUE(value.has_value() && *value == setting.default_value) << setting.key;
    } else {
      EXPECT_FALSE(setting.default_note.empty()) << setting.key << " says nothing of its default";
    }
    EXPECT_FALSE(setting.help.empty()) << setting.key;
    EXPECT_TRUE(names.insert(setting.environment_name()).second) << setting.key;
  }
}

}  // namespace
}  // namespace dss::app
