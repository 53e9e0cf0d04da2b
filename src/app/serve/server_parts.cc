#include "app/serve/server_parts.h"

#include <utility>

#include "api/azure/routes.h"
#include "api/dashboard/routes.h"
#include "api/discourse/routes.h"
#include "api/native/routes.h"
#include "api/openai/routes.h"
#include "api/perspective/routes.h"
#include "api/tei/routes.h"
#include "api/token_guard.h"
#include "app/policy/policy_directory.h"
#include "app/serve/masking.h"
#include "app/serve/privacy_route.h"
#include "app/serve/route_roles.h"
#include "app/version.h"
#include "language/detector.h"

namespace dss::app {
namespace {

constexpr int kScrapeThreads = 1;
constexpr std::size_t kWaitingScrapes = 8;
constexpr int kLongThreads = 1;
constexpr std::size_t kWaitingLongTexts = 64;

std::vector<http::Endpoint> endpoints(const std::vector<config::Address>& addresses) {
  std::vector<http::Endpoint> out;
  out.reserve(addresses.size());
  for (const config::Address& address : addresses) {
    out.push_back({.address = address.host, .port = address.port, .optional = address.optional});
  }
  return out;
}

}  // namespace

ServerParts::ServerParts(const ServeSettings& settings, log::Logger* logger)
    : settings_(settings),
      logger_(logger),
      access_log_(logger, settings.access_log_sample),
      metrics_(metrics_options()),
      analysis_events_(&metrics_.analysis(), &metrics_.http()),
      blocklists_(settings.lists_directory),
      long_lane_("dss-long", kLongThreads, kWaitingLongTexts),
      encoder_queue_(encoder_limits(), &base::system_clock(), settings.degrade),
      scrape_lane_("dss-scrape", kScrapeThreads, kWaitingScrapes) {}

metrics::Metrics::Options ServerParts::metrics_options() const {
  metrics::Metrics::Options options;
  options.ignore_untemplated = settings_.metrics_ignore_untemplated;
  options.created_series = settings_.metrics_created_series;
  options.languages.clear();
  for (const std::string_view code : language::codes()) {
    if (code != language::kUndetermined) options.languages.emplace_back(code);
  }
  options.build = {.version = std::string(version()), .revision = std::string(revision())};
  options.sources = runtime_sources();
  return options;
}

batching::Limits ServerParts::encoder_limits() const {
  batching::Limits limits = settings_.encoder;
  limits.observe = [batches = &metrics_.batches()](std::size_t texts, std::size_t tokens) {
    batches->computed(texts, tokens);
  };
  return limits;
}

metrics::RuntimeSources ServerParts::runtime_sources() const {
  metrics::RuntimeSources sources;
  sources.log_lines_dropped = [logger = logger_] { return logger->dropped(); };
  const EncoderQueue* queue = &encoder_queue_;
  sources.queue_depth = [queue] { return static_cast<double>(queue->state().waiting_tokens); };
  sources.queue_capacity = [tokens = settings_.encoder.standing_tokens()] {
    return static_cast<double>(tokens);
  };
  sources.oldest_queued_seconds = [queue] {
    return std::chrono::duration<double>(queue->state().oldest_wait).count();
  };
  sources.workers = [queue] { return static_cast<double>(queue->state().workers); };
  sources.workers_busy = [queue] { return static_cast<double>(queue->state().busy_workers); };
  sources.feedback_queued = [this] {
    return feedback_ == nullptr ? 0.0 : static_cast<double>(feedback_->queued());
  };
  return sources;
}

base::Result<std::unique_ptr<ServerParts>> ServerParts::start(const ServeSettings& settings,
                                                              log::Logger* logger) {
  auto parts = std::unique_ptr<ServerParts>(new ServerParts(settings, logger));
  for (const auto step :
       {&ServerParts::open_models, &ServerParts::open_tls, &ServerParts::open_tokens,
        &ServerParts::open_keys, &ServerParts::open_jwt, &ServerParts::open_feedback,
        &ServerParts::open_hash_key, &ServerParts::open_policies, &ServerParts::open_blocklists,
        &ServerParts::listen}) {
    if (const base::Status done = (parts.get()->*step)(); !done) return base::fail(done.error());
  }
  return parts;
}

base::Status ServerParts::open_models() {
  std::string_view failed;
  auto engine = scoring::Engine::open(settings_.engine, &failed);
  if (!engine) {
    metrics_.models().load_failed(model_index(failed));
    return base::fail(engine.error());
  }
  engine_.set(std::move(*engine));
  report_models();
  return {};
}

base::Status ServerParts::open_tls() {
  if (!settings_.tls) return {};
  auto context = http::TlsContext::open(*settings_.tls);
  if (!context) return base::fail(context.error());
  tls_ = std::move(*context);
  report_certificate();
  return {};
}

void ServerParts::report_certificate() {
  const base::SystemTime expires = tls_->expires();
  metrics_.set_certificate_expiry(expires);
  const auto left = std::chrono::floor<std::chrono::days>(expires - base::system_clock().system());
  const auto file = std::string_view(settings_.tls->certificate);
  const auto days = static_cast<std::int64_t>(left.count());
  if (days < 0) {
    logger_->warn("the certificate has expired; clients will refuse it",
                  {{"file", file}, {"days_left", days}});
  } else {
    logger_->info("certificate loaded", {{"file", file}, {"days_left", days}});
  }
}

base::Status ServerParts::open_tokens() {
  const bool from_file = !settings_.metrics_token_file.empty();
  if (!from_file && settings_.metrics_token.empty()) return {};
  auto tokens = from_file ? auth::TokenFile::open(settings_.metrics_token_file)
                          : auth::TokenFile::of(settings_.metrics_token);
  if (!tokens) return base::fail(tokens.error());
  tokens_ = std::move(*tokens);
  if (tokens_->readable_by_others()) {
    logger_->warn("other users of this machine can read the token file; chmod 600 it",
                  {{"file", std::string_view(settings_.metrics_token_file)}});
  }
  return {};
}

void ServerParts::open_quotas() {
  if (!settings_.quotas) return;
  auth::Quotas::Config config = *settings_.quotas;
  config.clock = &base::system_clock();
  quotas_ = std::make_unique<auth::Quotas>(config);
  analysis_events_.charge(quotas_.get());
}

base::Status ServerParts::open_keys() {
  if (!settings_.auth.store) return {};
  const auth::KeyLocation& location = *settings_.auth.store;
  auth::KeyRing::Config config;
  config.read = [location]() -> base::Result<std::vector<auth::Key>> {
    auto store = auth::open_key_store(location);
    if (!store) return base::fail(store.error());
    return (*store)->list();
  };
  config.every = settings_.auth.refresh;
  config.clock = &base::system_clock();
  config.observe = [logger = logger_, shown = location.shown()](const base::Status& read,
                                                                std::size_t usable) {
    const std::string_view store(shown);
    if (!read) {
      logger->error("the API keys could not be read; those read before stay in force",
                    {{"store", store}, {"cause", std::string_view(read.error().message)}});
    } else if (usable == 0) {
      logger->warn("there is no usable API key; 'dss keys create' makes one", {{"store", store}});
    } else {
      logger->info("API keys loaded",
                   {{"store", store}, {"usable", static_cast<std::int64_t>(usable)}});
    }
  };
  auto keys = auth::KeyRing::open(std::move(config));
  if (!keys) return base::fail(keys.error());
  keys_ = std::move(*keys);
  return {};
}

base::Status ServerParts::open_jwt() {
  if (settings_.auth.mode != AuthMode::kJwt) return {};
  auto jwt = auth::JwtVerifier::open({.jwks_file = settings_.auth.jwks_file,
                                      .rules = settings_.auth.jwt,
                                      .clock = &base::system_clock()});
  if (!jwt) return base::fail(jwt.error());
  jwt_ = std::move(*jwt);
  logger_->info("key set loaded", {{"file", std::string_view(settings_.auth.jwks_file)},
                                   {"algorithm", auth::name_of(settings_.auth.jwt.algorithm)},
                                   {"keys", static_cast<std::int64_t>(jwt_->keys())}});
  return {};
}

base::Status ServerParts::open_feedback() {
  auto keeper = FeedbackKeeper::open(settings_.feedback, &metrics_.feedback(), logger_);
  if (!keeper) return base::fail(keeper.error());
  feedback_ = std::move(*keeper);
  return {};
}

base::Status ServerParts::open_hash_key() {
  if (settings_.hash_key_file.empty()) return {};
  auto key = personal::HashKey::read(settings_.hash_key_file);
  if (!key) return base::fail(key.error());
  service_.hash_key = std::make_shared<const personal::HashKey>(std::move(*key));
  return {};
}

base::Status ServerParts::open_policies() {
  if (settings_.policies_directory.empty()) return {};
  auto read = read_policies(settings_.policies_directory);
  if (!read) return base::fail(read.error());
  logger_->info("policies loaded", {{"policies", static_cast<std::int64_t>((*read)->size())}});
  policies_.set(std::move(*read));
  return {};
}

base::Status ServerParts::open_blocklists() {
  if (const base::Status read = blocklists_.reload(); !read) return read;
  const auto lists = static_cast<std::int64_t>(blocklists_.matcher()->lists().size());
  if (settings_.lists_directory.empty()) {
    logger_->info("blocklists are kept in memory only; lists.directory names a folder for them");
  } else {
    logger_->info("blocklists loaded", {{"lists", lists}});
  }
  return {};
}

void ServerParts::report_models() {
  for (const scoring::ModelState& state : engine_.get()->models()) {
    if (!state.loaded) continue;
    const metrics::ModelIndex index = model_index(state.name);
    metrics_.models().loaded({.model = index,
                              .version = state.card->version,
                              .sha256 = state.card->sha256,
                              .format = state.card->format,
                              .load_seconds = state.load_seconds,
                              .memory_bytes = state.memory_bytes});
    metrics_.analysis().set_reference(index, state.card->reference_histogram);
    logger_->info("model loaded", {{"model", state.name},
                                   {"version", std::string_view(state.card->version)},
                                   {"sha256", std::string_view(state.card->sha256)},
                                   {"seconds", state.load_seconds}});
  }
}

OperatorAccess ServerParts::operator_access() const {
  OperatorAccess access;
  access.on_public = settings_.admin_listen.empty();
  // Where keys are asked for, guard_routes() sees to the operator's routes as to all others.
  if (tokens_ && !settings_.auth.asks()) access.guard = api::token_guard(*tokens_);
  return access;
}

void ServerParts::describe_service() {
  const OperatorAccess access = operator_access();
  service_.backend = engine_.backend();
  service_.backend.score_later = [this](std::string_view text, const scoring::Options& options,
                                        api::Later* later) {
    encoder_queue_.score(engine_.get(), text, options, std::move(*later));
    return true;
  };
  service_.clock = &base::system_clock();
  service_.observer = &analysis_events_;
  service_.stats = &stats_;
  service_.version = version();
  service_.blocklists = [this] { return blocklists_.matcher(); };
  choose_models();
  service_.run_aside = [this](http::Task* task) { return long_lane_.try_run(task); };
  service_.feedback = [keeper = feedback_.get()](const api::Feedback& feedback) {
    return keeper->take(feedback);
  };
  mask_service();
  service_.thresholds = settings_.thresholds;
  if (!settings_.policies_directory.empty()) {
    service_.policies = [this] { return policies_.get(); };
  }
  service_.not_ready = [this] { return std::string(draining_ ? "draining" : ""); };
  service_.started = service_.clock->steady();
  service_.started_at = service_.clock->system();
  service_.operator_guard = access.guard;
  service_.operator_routes_on_public = access.on_public;
}

void ServerParts::mask_service() {
  const metrics::PersonalMetrics* personal = &metrics_.personal();
  service_.personal_found = [personal](const personal::Entities& found) {
    count_found(found, *personal);
  };
  if (settings_.mask_before_scoring) {
    service_.backend = masked_backend(service_.backend, personal);
  }
  if (settings_.mask_before_storing && settings_.feedback) {
    service_.feedback = masked_feedback(std::move(service_.feedback), personal);
  }
}

void ServerParts::choose_models() {
  if (!settings_.default_model.empty()) {
    service_.default_model = service_.protocol_model = settings_.default_model;
  } else {
    for (const scoring::ModelState& state : engine_.get()->models()) {
      if (state.loaded) service_.protocol_model = state.name;
    }
  }
  if (service_.default_model != "simple") {
    service_.configured_models.push_back(service_.default_model);
  }
}

http::RouteTable ServerParts::make_routes() {
  http::RouteTable table;
  api::native::add_routes(service_, &table);
  api::perspective::add_routes(
      service_,
      {.map_scores = settings_.perspective_map, .drop_unsupported = settings_.perspective_drop},
      &table);
  api::openai::add_routes(service_, &table);
  api::tei::add_routes(service_, &table);
  api::discourse::add_routes(service_, &table);
  api::azure::add_routes(service_, &blocklists_, settings_.tls ? "https" : "http", &table);
  table.routes.push_back(privacy_route(settings_));
  api::dashboard::add_routes(service_, &table);
  table.routes.push_back(metrics_route(operator_access(), &metrics_, &scrape_lane_));
  guard_routes(&table);
  return table;
}

std::optional<auth::Principal> ServerParts::identify(std::string_view credential) const {
  if (jwt_ != nullptr && auth::looks_like_jwt(credential)) return jwt_->find(credential);
  return keys_ != nullptr ? keys_->find(credential) : std::nullopt;
}

void ServerParts::guard_routes(http::RouteTable* table) {
  api::Gate gate;
  if (settings_.auth.asks()) {
    gate.identify = [this](std::string_view credential) { return identify(credential); };
    gate.metrics_tokens = tokens_.get();
  }
  gate.quotas = quotas_.get();
  gate.proxies = settings_.proxies;
  gate.over_quota = [http = &metrics_.http()] { http->rejected(metrics::Rejection::kRateLimited); };
  for (http::Route& route : table->routes) {
    const auto role = role_of(route.method, route.path);
    route.sheds_load = role == auth::Role::kScore && route.method == http::Method::kPost;
    logger_->write(log::Level::kDebug, "route",
                   {{"method", http::method_name(route.method)},
                    {"route", std::string_view(route.path)},
                    {"role", role ? auth::name_of(*role) : std::string_view("none")}});
    if (role) route.guard = gate.guard(*role, std::move(route.guard));
  }
}

void ServerParts::connect_tracing() {
  tracing_ = Tracing::start(settings_.tracing, settings_.tls ? "https" : "http", &metrics_.traces(),
                            logger_);
  if (tracing_ == nullptr) return;
  analysis_events_.set_traces(&tracing_->events());
  http_events_->set_traces(&tracing_->events());
}

base::Status ServerParts::listen() {
  open_quotas();
  describe_service();
  http::RouteTable routes = make_routes();
  http_events_ = std::make_unique<HttpEvents>(routes, &metrics_, &access_log_, logger_);
  connect_tracing();
  auto server =
      http::Server::start({.listen = endpoints(settings_.listen),
                           .admin = endpoints(settings_.admin_listen),
                           .loops = static_cast<int>(settings_.workers),
                           .limits = settings_.http_limits,
                           .tls = tls_,
                           .trace_ratio = settings_.tracing ? settings_.tracing->sample_ratio : 0},
                          std::move(routes), http_events_.get(), &base::system_clock(), logger_);
  if (!server) return base::fail(server.error());
  server_ = std::move(*server);
  return {};
}

base::Status ServerParts::reload_tls() {
  if (const base::Status opened = open_tls(); !opened) return opened;
  if (tls_ != nullptr) server_->set_tls(tls_);
  return {};
}

base::Status ServerParts::reload_tokens() {
  return tokens_ != nullptr ? tokens_->reload() : base::Status();
}

base::Status ServerParts::reload_keys() {
  return keys_ != nullptr ? keys_->reload() : base::Status();
}

base::Status ServerParts::reload_jwt() { return jwt_ != nullptr ? jwt_->reload() : base::Status(); }

void ServerParts::reload() {
  bool whole = true;
  const auto check = [&](std::string_view what, const base::Status& done) {
    whole = whole && done.has_value();
    if (done) return;
    logger_->error("reload failed; what was loaded before stays in force",
                   {{"part", what}, {"cause", std::string_view(done.error().message)}});
  };
  const base::Status models = open_models();
  metrics_.models().reloaded(models.has_value());
  check("models", models);
  check("certificate", reload_tls());
  check("tokens", reload_tokens());
  check("keys", reload_keys());
  check("key set", reload_jwt());
  check("policies", open_policies());
  check("blocklists", blocklists_.reload());
  if (whole) logger_->info("reloaded");
}

}  // namespace dss::app
