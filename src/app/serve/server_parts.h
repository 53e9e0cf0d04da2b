// Everything a running server is made of, in the order of its making.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "api/gate.h"
#include "api/service.h"
#include "app/serve/analysis_events.h"
#include "app/serve/encoder_queue.h"
#include "app/serve/engine_slot.h"
#include "app/serve/feedback_keeper.h"
#include "app/serve/http_events.h"
#include "app/serve/metrics_route.h"
#include "app/serve/policy_slot.h"
#include "app/serve/tracing.h"
#include "app/serve_settings.h"
#include "auth/jwt_verifier.h"
#include "auth/key_ring.h"
#include "auth/quotas.h"
#include "auth/token_file.h"
#include "base/result.h"
#include "blocklist/store.h"
#include "http/lane.h"
#include "http/server.h"
#include "log/access_log.h"
#include "metrics/metrics.h"

namespace dss::app {

/// Made and ended by the main thread; members are what the loops share.
class ServerParts {
 public:
  /// Loads the models, then listens. Errors are one line that names file or address and cause.
  static base::Result<std::unique_ptr<ServerParts>> start(const ServeSettings& settings,
                                                          log::Logger* logger);

  [[nodiscard]] http::Server& server() { return *server_; }
  /// From now on /readyz answers 503.
  void mark_draining() { draining_ = true; }
  /// Reads models, certificate, token file, keys, key set, policies and blocklists again, each for
  /// itself: what is damaged stays as it was. One log line says what became of each.
  void reload();

 private:
  ServerParts(const ServeSettings& settings, log::Logger* logger);
  base::Status open_models();
  base::Status open_tls();
  base::Status open_tokens();
  base::Status open_keys();
  base::Status open_jwt();
  void open_quotas();
  base::Status open_feedback();
  base::Status open_hash_key();
  base::Status open_policies();
  base::Status open_blocklists();
  base::Status listen();
  base::Status reload_tls();
  base::Status reload_tokens();
  base::Status reload_keys();
  base::Status reload_jwt();
  [[nodiscard]] std::optional<auth::Principal> identify(std::string_view credential) const;
  void guard_routes(http::RouteTable* table);
  void report_models();
  void report_certificate();
  void describe_service();
  void mask_service();
  void choose_models();
  void connect_tracing();
  [[nodiscard]] OperatorAccess operator_access() const;
  [[nodiscard]] http::RouteTable make_routes();
  [[nodiscard]] metrics::Metrics::Options metrics_options() const;
  [[nodiscard]] metrics::RuntimeSources runtime_sources() const;
  [[nodiscard]] batching::Limits encoder_limits() const;

  const ServeSettings settings_;
  log::Logger* logger_;
  log::AccessLog access_log_;
  std::atomic<bool> draining_{false};
  std::unique_ptr<auth::TokenFile> tokens_;  // null: no token is asked for
  std::unique_ptr<auth::KeyRing> keys_;      // null: no key is asked for
  std::unique_ptr<auth::JwtVerifier> jwt_;   // null: no token of a provider is asked for
  std::unique_ptr<auth::Quotas> quotas_;     // null: nothing is counted
  metrics::Metrics metrics_;
  AnalysisEvents analysis_events_;
  api::Stats stats_;
  std::unique_ptr<FeedbackKeeper> feedback_;
  EngineSlot engine_;
  PolicySlot policies_;
  std::shared_ptr<const http::TlsContext> tls_;  // null: plain HTTP
  blocklist::Store blocklists_;
  api::Service service_;
  std::unique_ptr<Tracing> tracing_;  // null: no trace is recorded; before all that reports to it
  http::Lane long_lane_;              // the linear model on what takes longer than a loop may wait
  EncoderQueue encoder_queue_;        // behind what it answers through
  std::unique_ptr<HttpEvents> http_events_;
  http::Lane scrape_lane_;  // before the server: its loops hand scrapes over until they end
  std::unique_ptr<http::Server> server_;
};

}  // namespace dss::app
