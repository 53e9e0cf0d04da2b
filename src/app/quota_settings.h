// Quotas and trusted proxies, from the settings of `dss serve`.
#pragma once

#include <optional>

#include "auth/forwarded.h"
#include "auth/quotas.h"
#include "base/result.h"
#include "config/settings.h"

namespace dss::app {

/// Nothing if no quota is set and nobody is asked for a key; the clock is left out. Errors
/// (kInvalidArgument): a burst without its rate.
[[nodiscard]] base::Result<std::optional<auth::Quotas::Config>> quota_settings(
    const config::Settings& settings, bool asks_for_keys);

/// Errors: kInvalidArgument, naming what is no network.
[[nodiscard]] base::Result<auth::TrustedProxies> trusted_proxies(const config::Settings& settings);

}  // namespace dss::app
