#include "config/environment.h"

#include <string>

namespace dss::config {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Service links as in
/// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
bool is_service_link(std::string_view name, std::string_view value) {
  if (name.ends_with("_SERVICE_HOST") || contains(name, "_SERVICE_PORT")) return true;
  if (contains(name, "_TCP") || contains(name, "_UDP") || contains(name, "_SCTP")) {
    if (contains(name, "_PORT_")) return true;
  }
  return name.ends_with("_PORT") && (value.starts_with("tcp://") || value.starts_with("udp://") ||
                                     value.starts_with("sctp://"));
}

}  // namespace

bool is_foreign_variable(std::string_view name, std::string_view value) {
  return name == "DSS_CONFIG" || name == "DSS_BINARY" || name.starts_with("DSS_TEST_") ||
         is_service_link(name, value);
}

}  // namespace dss::config
