#include "app/tracing_settings.h"

#include "base/utf8.h"

namespace dss::app {
namespace {

using base::ErrorKind;
using Resource = std::vector<std::pair<std::string, std::string>>;

base::Result<Resource> resource_of(const config::Settings& settings) {
  Resource out;
  for (const std::string& text : settings.list("tracing.resource")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || !base::is_valid_utf8(text)) {
      return base::fail(ErrorKind::kInvalidArgument,
                        "tracing.resource: an attribute is not KEY=VALUE in UTF-8; write e.g. "
                        "deployment.environment.name=staging");
    }
    out.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

}  // namespace

base::Result<std::optional<TracingSettings>> tracing_settings(const config::Settings& settings) {
  if (!settings.has("tracing.endpoint")) return std::nullopt;
  auto endpoint = otlp::parse_endpoint(settings.text("tracing.endpoint"));
  if (!endpoint) {
    return base::fail(ErrorKind::kInvalidArgument, "tracing.endpoint: " + endpoint.error().message);
  }
  auto resource = resource_of(settings);
  if (!resource) return base::fail(resource.error());
  return TracingSettings{.endpoint = std::move(*endpoint),
                         .sample_ratio = settings.number("tracing.sample-ratio"),
                         .resource = std::move(*resource)};
}

}  // namespace dss::app
