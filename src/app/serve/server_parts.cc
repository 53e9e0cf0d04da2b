#include "app/serve/server_parts.h"

#include <utility>

#include "api/native/routes.h"
#include "api/token_guard.h"
#include "app/version.h"
#include "language/detector.h"

namespace dss::app {
namespace {

constexpr int kScrapeThreads = 1;
constexpr std::size_t kWaitingScrapes = 8;

metrics::Metrics::Options metrics_options(const ServeSettings& settings, log::Logger* logger) {
  metrics::Metrics::Options options;
  options.ignore_untemplated = settings.metrics_ignore_untemplated;
  options.created_series = settings.metrics_created_series;
  options.languages.clear();
  for (const std::string_view code : language::codes()) {
    if (code != language::kUndetermined) options.languages.emplace_back(code);
  }
  options.build = {.version = std::string(version()), .revision = std::string(revision())};
  options.sources.log_lines_dropped = [logger] { return logger->dropped(); };
  return options;
}

std::vector<http::Endpoint> endpoints(const std::vector<Listen>& listeners) {
  std::vector<http::Endpoint> out;
  for (const Listen& listen : listeners) {
    out.push_back({.address = listen.address.host,
                   .port = listen.address.port,
                   .optional = !listen.required});
  }
  return out;
}

}  // namespace

ServerParts::ServerParts(const ServeSettings& settings, log::Logger* logger)
    : logger_(logger),
      access_log_(logger, settings.access_log_sample),
      metrics_(metrics_options(settings, logger)),
      analysis_events_(&metrics_.analysis()),
      scrape_lane_("dss-scrape", kScrapeThreads, kWaitingScrapes) {}

base::Result<std::unique_ptr<ServerParts>> ServerParts::start(const ServeSettings& settings,
                                                              log::Logger* logger) {
  auto parts = std::unique_ptr<ServerParts>(new ServerParts(settings, logger));
  if (const auto opened = parts->open_engine(settings); !opened) return base::fail(opened.error());
  if (const auto opened = parts->open_tokens(settings); !opened) return base::fail(opened.error());
  parts->report_models();
  parts->describe_service(settings);
  if (const auto bound = parts->listen(settings); !bound) return base::fail(bound.error());
  return parts;
}

base::Status ServerParts::open_engine(const ServeSettings& settings) {
  auto engine = scoring::Engine::open({.models_directory = settings.models_directory,
                                       .foreign_language = settings.foreign_language,
                                       .clock = &base::system_clock()});
  if (!engine) return base::fail(engine.error());
  engine_ = std::move(*engine);
  return {};
}

base::Status ServerParts::open_tokens(const ServeSettings& settings) {
  const bool from_file = !settings.metrics_token_file.empty();
  if (!from_file && settings.metrics_token.empty()) return {};
  auto tokens = from_file ? auth::TokenFile::open(settings.metrics_token_file)
                          : auth::TokenFile::of(settings.metrics_token);
  if (!tokens) return base::fail(tokens.error());
  tokens_ = std::move(*tokens);
  if (tokens_->readable_by_others()) {
    logger_->warn("other users of this machine can read the token file; chmod 600 it",
                  {{"file", std::string_view(settings.metrics_token_file)}});
  }
  return {};
}

void ServerParts::report_models() {
  for (const scoring::ModelState& state : engine_->models()) {
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

OperatorAccess ServerParts::operator_access(const ServeSettings& settings) const {
  OperatorAccess access;
  access.on_public = settings.metrics_access != MetricsAccess::kAdmin;
  if (tokens_) access.guard = api::token_guard(*tokens_);
  return access;
}

void ServerParts::describe_service(const ServeSettings& settings) {
  const OperatorAccess access = operator_access(settings);
  service_.backend = api::backend_of(*engine_);
  service_.clock = &base::system_clock();
  service_.observer = &analysis_events_;
  service_.stats = &stats_;
  service_.version = version();
  service_.default_model = settings.default_model;
  if (settings.default_model != "simple") {
    service_.configured_models.push_back(settings.default_model);
  }
  for (std::size_t i = 0; i < models::kCategoryCount; ++i) {
    if (!settings.thresholds[i]) continue;
    service_.thresholds.emplace(models::kCategoryNames[i], *settings.thresholds[i]);
  }
  service_.not_ready = [this] { return std::string(draining_ ? "draining" : ""); };
  service_.started = service_.clock->steady();
  service_.started_at = service_.clock->system();
  service_.operator_guard = access.guard;
  service_.operator_routes_on_public = access.on_public;
}

http::RouteTable ServerParts::make_routes(const ServeSettings& settings) {
  http::RouteTable table;
  api::native::add_routes(service_, &table);
  table.routes.push_back(metrics_route(operator_access(settings), &metrics_, &scrape_lane_));
  return table;
}

base::Status ServerParts::listen(const ServeSettings& settings) {
  http::RouteTable routes = make_routes(settings);
  http_events_ = std::make_unique<HttpEvents>(routes, &metrics_, &access_log_);
  auto server =
      http::Server::start({.listen = endpoints(settings.listen),
                           .admin = endpoints(settings.admin_listen),
                           .loops = static_cast<int>(settings.workers),
                           .limits = settings.http_limits},
                          std::move(routes), http_events_.get(), &base::system_clock(), logger_);
  if (!server) return base::fail(server.error());
  server_ = std::move(*server);
  return {};
}

base::Status ServerParts::reload() { return tokens_ ? tokens_->reload() : base::Status(); }

}  // namespace dss::app
