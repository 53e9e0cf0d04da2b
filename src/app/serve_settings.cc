#include "app/serve_settings.h"

#include "app/cpu_quota.h"
#include "app/engine_config.h"
#include "app/settings_table.h"
#include "app/threshold_settings.h"
#include "kernels/instruction_set.h"

namespace dss::app {
namespace {

using base::ErrorKind;

using Addresses = std::vector<config::Address>;

base::Result<Addresses> read_addresses(const config::Settings& settings, const char* key) {
  Addresses out;
  for (const std::string& text : settings.list(key)) {
    const auto addresses = config::parse_address(text);
    if (!addresses)
      return base::fail(ErrorKind::kInvalidArgument,
                        std::string(key) + ": " + addresses.error().message);
    out.insert(out.end(), addresses->begin(), addresses->end());
  }
  return out;
}

/// The address list, or the port on both loopbacks: whichever was said on the stronger layer.
base::Result<Addresses> public_listeners(const config::Settings& settings) {
  const auto port = static_cast<std::uint16_t>(settings.integer("port"));
  const config::Layer port_layer = settings.layer("port");
  if (!settings.has("listen") || port_layer > settings.layer("listen"))
    return config::loopbacks(port);
  if (port_layer == settings.layer("listen")) {
    return base::fail(
        ErrorKind::kInvalidArgument,
        "listen and port contradict each other; give the port within listen, as HOST:PORT");
  }
  return read_addresses(settings, "listen");
}

MetricsAccess metrics_access(const ServeSettings& serve) {
  if (serve.auth.asks()) return MetricsAccess::kRole;
  if (!serve.admin_listen.empty()) return MetricsAccess::kAdmin;
  if (!serve.metrics_token_file.empty() || !serve.metrics_token.empty()) {
    return MetricsAccess::kToken;
  }
  return serve.allow_unauthenticated ? MetricsAccess::kAnybody : MetricsAccess::kLoopback;
}

base::Status refuse_the_world(const ServeSettings& serve) {
  if (serve.auth.asks() || serve.allow_unauthenticated) return {};
  for (const config::Address& address : serve.listen) {
    if (address.loopback) continue;
    return base::fail(ErrorKind::kInvalidArgument,
                      "listening on " + config::to_string(address) +
                          " would serve everybody who reaches it; add --auth keys --auth-store URL "
                          "('dss keys --help' says how) or --allow-unauthenticated");
  }
  return {};
}

base::Result<std::optional<http::TlsFiles>> tls_files(const config::Settings& settings) {
  if (!settings.has("tls-cert") && !settings.has("tls-key")) return std::nullopt;
  for (const auto& [given, missing] : {std::pair("tls-cert", "tls-key"), {"tls-key", "tls-cert"}}) {
    if (settings.has(missing)) continue;
    return base::fail(ErrorKind::kInvalidArgument, std::string(given) + " needs " + missing +
                                                       " beside it; TLS takes a certificate and "
                                                       "its key");
  }
  return http::TlsFiles{.certificate = settings.text("tls-cert"), .key = settings.text("tls-key")};
}

log::Level log_level(const std::string& name) {
  if (name == "debug") return log::Level::kDebug;
  if (name == "warn") return log::Level::kWarn;
  return name == "error" ? log::Level::kError : log::Level::kInfo;
}

void read_plain_values(const config::Settings& settings, ServeSettings* serve) {
  serve->workers = settings.has("workers") ? static_cast<unsigned>(settings.integer("workers"))
                                           : usable_processors();
  serve->drain = std::chrono::seconds(settings.integer("drain-seconds"));
  serve->allow_unauthenticated = settings.enabled("allow-unauthenticated");
  if (settings.has("default-model")) serve->default_model = settings.text("default-model");
  serve->encoder.workers = settings.has("encoder.workers")
                               ? static_cast<std::size_t>(settings.integer("encoder.workers"))
                               : usable_processors();
  serve->encoder.batch_tokens =
      settings.has("encoder.batch-tokens")
          ? static_cast<std::size_t>(settings.integer("encoder.batch-tokens"))
          : kernels::fast_batch_tokens(kernels::best_instruction_set());
  serve->encoder.queue_tokens = static_cast<std::size_t>(settings.integer("encoder.queue-tokens"));
  serve->encoder.standing_tokens_each =
      static_cast<std::size_t>(settings.integer("encoder.standing-tokens"));
  serve->degrade = settings.enabled("encoder.degrade");
  serve->perspective_map = settings.enabled("perspective.map");
  serve->perspective_drop = settings.text("perspective.unsupported") == "drop";
  serve->lists_directory = settings.text("lists.directory");
  serve->log_level = log_level(settings.text("log.level"));
  serve->access_log_sample = static_cast<std::uint32_t>(settings.integer("log.access-sample"));
  serve->metrics_ignore_untemplated = settings.enabled("metrics.ignore-untemplated");
  serve->metrics_created_series = settings.enabled("metrics.created-series");
  for (const http::LimitRow& row : http::limit_rows()) {
    serve->http_limits.*row.value =
        static_cast<std::uint64_t>(settings.integer(http_limit_key(row)));
  }
  serve->thresholds = operator_thresholds(settings);
  serve->mask_before_scoring = settings.text("privacy.mask") == "score";
  serve->mask_before_storing = settings.text("privacy.mask") != "none";
  serve->core_dumps = settings.enabled("privacy.core-dumps");
  serve->controller = settings.text("privacy.controller");
  serve->hash_key_file = settings.text("privacy.hash-key-file");
  serve->policies_directory = settings.text("policies.directory");
  serve->sandbox = sandbox_settings(settings);
}

}  // namespace

base::Result<ServeSettings> serve_settings(const config::Settings& settings) {
  ServeSettings serve;
  read_plain_values(settings, &serve);
  const auto listen = public_listeners(settings);
  if (!listen) return base::fail(listen.error());
  serve.listen = *listen;
  const auto admin = read_addresses(settings, "admin-listen");
  if (!admin) return base::fail(admin.error());
  serve.admin_listen = *admin;
  serve.metrics_token_file = settings.text("metrics.token-file");
  if (serve.metrics_token_file.empty()) serve.metrics_token = settings.text("metrics.token");
  auto auth = auth_settings(settings);
  if (!auth) return base::fail(auth.error());
  serve.auth = std::move(*auth);
  auto quotas = quota_settings(settings, serve.auth.asks());
  if (!quotas) return base::fail(quotas.error());
  serve.quotas = *quotas;
  auto proxies = trusted_proxies(settings);
  if (!proxies) return base::fail(proxies.error());
  serve.proxies = std::move(*proxies);
  if (const base::Status allowed = refuse_the_world(serve); !allowed) {
    return base::fail(allowed.error());
  }
  serve.metrics_access = metrics_access(serve);
  const auto tls = tls_files(settings);
  if (!tls) return base::fail(tls.error());
  serve.tls = *tls;
  auto feedback = feedback_settings(settings);
  if (!feedback) return base::fail(feedback.error());
  serve.feedback = std::move(*feedback);
  auto tracing = tracing_settings(settings);
  if (!tracing) return base::fail(tracing.error());
  serve.tracing = std::move(*tracing);
  auto engine = engine_config(settings);
  if (!engine) return base::fail(engine.error());
  serve.engine = std::move(*engine);
  return serve;
}

const config::Address* open_admin_address(const ServeSettings& settings) {
  if (!settings.metrics_token_file.empty() || !settings.metrics_token.empty()) return nullptr;
  if (settings.allow_unauthenticated || settings.auth.asks()) return nullptr;
  for (const config::Address& address : settings.admin_listen) {
    if (!address.loopback) return &address;
  }
  return nullptr;
}

std::string_view describe(MetricsAccess access) {
  switch (access) {
    case MetricsAccess::kLoopback:
      return "anybody on this machine";
    case MetricsAccess::kToken:
      return "whoever shows the bearer token";
    case MetricsAccess::kAdmin:
      return "whoever reaches an admin listener";
    case MetricsAccess::kRole:
      return "whoever shows a key with the role metrics";
    case MetricsAccess::kAnybody:
      break;
  }
  return "anybody who reaches a listener (allow-unauthenticated)";
}

}  // namespace dss::app
