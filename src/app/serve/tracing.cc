#include "app/serve/tracing.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/version.h"
#include "crypto/random.h"

namespace dss::app {
namespace {

constexpr std::size_t kInstanceBytes = 16;

metrics::SpanResult result_of(otlp::Fate fate) {
  if (fate == otlp::Fate::kSent) return metrics::SpanResult::kSent;
  return fate == otlp::Fate::kDropped ? metrics::SpanResult::kDropped
                                      : metrics::SpanResult::kFailed;
}

otlp::Sender sender_of(const TracingSettings& settings) {
  otlp::Sender sender;
  sender.scope_version = version();
  sender.resource = {{"service.name", "dss"},
                     {"service.version", std::string(version())},
                     {"service.instance.id", crypto::random_hex(kInstanceBytes)}};
  for (const auto& [key, value] : settings.resource) {
    const auto known =
        std::ranges::find(sender.resource, key, &std::pair<std::string, std::string>::first);
    if (known == sender.resource.end()) {
      sender.resource.emplace_back(key, value);
    } else {
      known->second = value;
    }
  }
  return sender;
}

}  // namespace

Tracing::Tracing(otlp::Exporter::Config config, std::string_view scheme)
    : exporter_(std::move(config)),
      events_([this](otlp::Spans spans) { exporter_.offer(std::move(spans)); }, scheme,
              &base::system_clock()) {}

std::unique_ptr<Tracing> Tracing::start(const std::optional<TracingSettings>& settings,
                                        std::string_view scheme,
                                        const metrics::TraceMetrics* metrics, log::Logger* logger) {
  if (!settings) return nullptr;
  otlp::Exporter::Config config;
  config.endpoint = settings->endpoint;
  config.sender = sender_of(*settings);
  config.observe = [metrics](otlp::Fate fate, std::size_t spans) {
    metrics->count(result_of(fate), spans);
  };
  config.logger = logger;
  const std::string shown = settings->endpoint.authority();
  logger->info("traces are exported",
               {{"endpoint", std::string_view(shown)}, {"sample_ratio", settings->sample_ratio}});
  return std::unique_ptr<Tracing>(new Tracing(std::move(config), scheme));
}

}  // namespace dss::app
