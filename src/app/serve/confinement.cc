#include "app/serve/confinement.h"

#include <cstdlib>
#include <string>

#include "app/serve/sandbox_needs.h"
#include "sandbox/call_limits.h"

namespace dss::app {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before the first thread
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

base::Result<Confinement> Confinement::begin(const ServeSettings& settings) {
  Confinement confinement(settings.sandbox.mode);
  if (confinement.mode_ == SandboxMode::kOff) return confinement;
  const sandbox::Needs needs = sandbox_needs(settings, variable);
  confinement.outgoing_ = needs.outgoing;
  if (const base::Status has = confinement.check_kernel(); !has) return base::fail(has.error());
  const auto limited = sandbox::limit_files(needs);
  if (limited) {
    confinement.files_ = *limited;
  } else if (const base::Status bearable = confinement.check(base::fail(limited.error()));
             !bearable) {
    return base::fail(bearable.error());
  }
  return confinement;
}

base::Status Confinement::check_kernel() const {
  const bool ports = sandbox::file_limits_of_kernel().ports;
  if (mode_ != SandboxMode::kOn || ports || !outgoing_.any) return {};
  return base::fail(base::ErrorKind::kUnavailable,
                    "security.sandbox is on, but this kernel is too old to limit outgoing "
                    "connections (Linux 6.7, landlock ABI 4); auto takes what there is");
}

base::Status Confinement::check(const base::Status& done) {
  if (done) return {};
  const std::string& cause = done.error().message;
  if (mode_ == SandboxMode::kOn) {
    return base::fail(done.error().kind,
                      "security.sandbox is on, but " + cause + "; auto takes what there is");
  }
  missing_ += (missing_.empty() ? "" : "; ") + cause;
  return {};
}

base::Status Confinement::complete() {
  if (mode_ == SandboxMode::kOff) return {};
  const base::Status limited = sandbox::limit_calls(outgoing_);
  calls_ = limited.has_value();
  return check(limited);
}

void Confinement::report(log::Logger* logger) const {
  if (mode_ == SandboxMode::kOff) {
    logger->warn("the sandbox is off (security.sandbox)");
    return;
  }
  const bool connects = outgoing_.any;
  logger->info("sandbox", {{"files", files_.files},
                           {"ports", files_.ports},
                           {"signals", files_.signals},
                           {"calls", calls_},
                           {"connects", connects},
                           {"missing", std::string_view(missing_)}});
}

}  // namespace dss::app
