// The settings of `dss serve`, checked and typed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/auth_settings.h"
#include "app/feedback_settings.h"
#include "app/quota_settings.h"
#include "app/sandbox_settings.h"
#include "app/tracing_settings.h"
#include "base/result.h"
#include "batching/batcher.h"
#include "config/address.h"
#include "config/settings.h"
#include "http/limits.h"
#include "http/tls_context.h"
#include "log/logger.h"
#include "policy/thresholds.h"
#include "scoring/engine.h"

namespace dss::app {

/// Who may read /metrics and /stats.
enum class MetricsAccess : std::uint8_t {
  kLoopback,  ///< anybody on this machine: no listener reaches beyond it
  kToken,     ///< whoever shows the bearer token (on the public listeners)
  kAdmin,     ///< whoever reaches an admin listener; the public ones do not serve them
  kRole,      ///< whoever shows a key with the role, on whichever listener serves them
  kAnybody,   ///< the operator said --allow-unauthenticated
};

struct ServeSettings {
  std::vector<config::Address> listen;        ///< at least one
  std::vector<config::Address> admin_listen;  ///< none: no admin listener
  std::optional<http::TlsFiles> tls;          ///< none: plain HTTP; else TLS on every address
  unsigned workers = 1;
  std::chrono::seconds drain{};

  AuthSettings auth;
  std::optional<auth::Quotas::Config> quotas;  ///< none: nothing is counted
  auth::TrustedProxies proxies;
  bool allow_unauthenticated = false;
  MetricsAccess metrics_access = MetricsAccess::kLoopback;
  /// The bearer tokens that /metrics and /stats ask for, on whichever listener serves them; at most
  /// one of the two is set.
  std::string metrics_token_file;
  std::string metrics_token;

  scoring::Engine::Config engine;
  std::string default_model;  ///< that the operator chose; empty: none
  batching::Limits encoder;
  bool degrade = false;  ///< what the encoder's queue has no room for is answered by `simple`
  policy::Thresholds thresholds;   ///< over the card's
  std::string policies_directory;  ///< empty: no policies

  bool perspective_map = true;    ///< scores on the scale of the Perspective API's models of 2018
  bool perspective_drop = false;  ///< attributes that cannot be answered are left out, not refused

  std::string lists_directory;  ///< of blocklists; empty: they are kept in memory only

  log::Level log_level = log::Level::kInfo;
  std::uint32_t access_log_sample = 0;  ///< one request in so many; 0: none

  std::optional<FeedbackSettings> feedback;  ///< none: nothing is kept

  std::string controller;   ///< of the record of processing: a name and how to reach it
  bool core_dumps = false;  ///< allowed, with the texts that are in memory then
  bool mask_before_scoring = false;
  bool mask_before_storing = true;
  std::string hash_key_file;  ///< of POST /anonymize; empty: it refuses to hash

  SandboxSettings sandbox;

  std::optional<TracingSettings> tracing;  ///< none: no trace is recorded

  http::Limits http_limits;

  bool metrics_ignore_untemplated = false;
  bool metrics_created_series = false;
};

/// Checks what one value alone cannot tell. Errors (kInvalidArgument, kIo) are one line with the
/// cure; among them the refusal to serve the world unasked.
[[nodiscard]] base::Result<ServeSettings> serve_settings(const config::Settings& settings);

/// The first address beyond this machine on which anybody may read /metrics and /stats though the
/// operator did not say --allow-unauthenticated: an admin listener without a token. Null: none.
[[nodiscard]] const config::Address* open_admin_address(const ServeSettings& settings);

/// For the start-up log: `anybody on this machine`, `with the bearer token` …
[[nodiscard]] std::string_view describe(MetricsAccess access);

}  // namespace dss::app
