#include "app/serve/serve.h"

#include <signal.h>
#include <sys/resource.h>

#include <chrono>
#include <string>

#include "app/exit_status.h"
#include "app/serve/confinement.h"
#include "app/serve/memory_secrecy.h"
#include "app/serve/server_parts.h"
#include "app/serve/signals.h"
#include "app/version.h"

namespace dss::app {
namespace {

/// How long accepted requests may take to end once nothing new is accepted.
constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::milliseconds kLookForSignals{100};

/// Each connection is a descriptor: the soft limit is usually 1,024, the hard one far higher.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void log_start(const ServeSettings& settings, ServerParts* parts, log::Logger* logger) {
  std::string addresses;
  for (const http::Endpoint& endpoint : parts->server().endpoints()) {
    if (!addresses.empty()) addresses += ", ";
    addresses += endpoint.text();
  }
  logger->info("listening", {{"addresses", std::string_view(addresses)},
                             {"workers", static_cast<std::int64_t>(settings.workers)},
                             {"tls", settings.tls.has_value()},
                             {"metrics_access", describe(settings.metrics_access)},
                             {"version", version()},
                             {"revision", revision()}});
  if (const config::Address* open = open_admin_address(settings)) {
    const std::string address = config::to_string(*open);
    logger->warn(
        "anybody who reaches this admin listener can read /metrics and /stats; add "
        "--metrics-token-file FILE or say --allow-unauthenticated",
        {{"address", std::string_view(address)}});
  }
}

void drain(const ServeSettings& settings, int signal, ServerParts* parts, log::Logger* logger) {
  // Whoever presses Ctrl-C has no load balancer that must notice first.
  const auto accept_for = signal == SIGINT ? std::chrono::seconds(0) : settings.drain;
  logger->info("draining", {{"accept_seconds", static_cast<std::int64_t>(accept_for.count())}});
  parts->mark_draining();
  parts->server().begin_drain(accept_for);
  const auto end = std::chrono::steady_clock::now() + accept_for + kPatience;
  while (std::chrono::steady_clock::now() < end && !stop_signal_pending()) {
    if (parts->server().wait_drained(kLookForSignals)) break;
  }
  logger->info("stopped",
               {{"connections_cut", static_cast<std::int64_t>(parts->server().connections())}});
}

}  // namespace

base::Result<int> serve(const ServeSettings& settings) {
  block_signals();
  raise_descriptor_limit();
  auto confinement = Confinement::begin(settings);
  if (!confinement) return base::fail(confinement.error());
  log::Logger logger({.level = settings.log_level, .clock = &base::system_clock()});
  if (!settings.core_dumps && !keep_memory_secret()) {
    logger.warn("the system does not keep this process's memory out of core dumps");
  }
  auto parts = ServerParts::start(settings, &logger);
  if (!parts) return base::fail(parts.error());
  if (const base::Status complete = confinement->complete(); !complete) {
    return base::fail(complete.error());
  }
  confinement->report(&logger);
  log_start(settings, parts->get(), &logger);
  int signal = wait_for_signal();
  for (; signal == SIGHUP; signal = wait_for_signal()) (*parts)->reload();
  drain(settings, signal, parts->get(), &logger);
  return kSuccess;
}

}  // namespace dss::app
