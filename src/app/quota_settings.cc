#include "app/quota_settings.h"

#include <algorithm>
#include <string>

namespace dss::app {
namespace {

using base::ErrorKind;

constexpr double kDefaultBurstSeconds = 10;

base::Result<auth::Rate> read_rate(const config::Settings& settings, const std::string& steady,
                                   const std::string& burst) {
  if (!settings.has(steady)) {
    if (!settings.has(burst)) return auth::Rate{};
    return base::fail(ErrorKind::kInvalidArgument,
                      burst + " needs " + steady + ": how many a second in the long run");
  }
  const double rate = settings.number(steady);
  const double at_once = settings.has(burst) ? settings.number(burst) : kDefaultBurstSeconds * rate;
  return auth::Rate{.per_second = rate, .burst = std::max(1.0, at_once)};
}

base::Result<auth::Quota> read_quota(const config::Settings& settings, const std::string& whose) {
  const std::string prefix = "quota." + whose;
  const auto requests = read_rate(settings, prefix + "-requests", prefix + "-burst");
  if (!requests) return base::fail(requests.error());
  const auto characters = read_rate(settings, prefix + "-characters", prefix + "-characters-burst");
  if (!characters) return base::fail(characters.error());
  return auth::Quota{.requests = *requests, .characters = *characters};
}

bool is_set(const auth::Quota& quota) {
  return quota.requests.per_second > 0 || quota.characters.per_second > 0;
}

}  // namespace

base::Result<std::optional<auth::Quotas::Config>> quota_settings(const config::Settings& settings,
                                                                 bool asks_for_keys) {
  const auto key = read_quota(settings, "key");
  if (!key) return base::fail(key.error());
  const auto address = read_quota(settings, "address");
  if (!address) return base::fail(address.error());
  if (is_set(*key) && !asks_for_keys) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "a quota of keys is set, but auth is none; set that of addresses "
                      "(quota.address-requests), or auth");
  }
  if (!asks_for_keys && !is_set(*address)) return std::nullopt;
  auth::Quotas::Config config{.key = *key, .address = *address};
  config.accounts = static_cast<std::size_t>(settings.integer("quota.accounts"));
  if (asks_for_keys) {
    const auto a_minute = static_cast<double>(settings.integer("quota.failures-per-minute"));
    config.failures = {.per_second = a_minute / 60, .burst = a_minute};
  }
  return config;
}

base::Result<auth::TrustedProxies> trusted_proxies(const config::Settings& settings) {
  auth::TrustedProxies proxies;
  for (const std::string& text : settings.list("trusted-proxies")) {
    const auto network = auth::parse_network(text);
    if (!network) {
      return base::fail(ErrorKind::kInvalidArgument, "trusted-proxies: " + network.error().message);
    }
    proxies.networks.push_back(*network);
  }
  if (settings.text("forwarded-header") == "forwarded") {
    proxies.header = auth::ForwardedHeader::kForwarded;
  }
  return proxies;
}

}  // namespace dss::app
