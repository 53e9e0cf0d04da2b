// The sandbox of a running server, in its two steps.
#pragma once

#include "app/serve_settings.h"
#include "base/result.h"
#include "log/logger.h"
#include "sandbox/file_limits.h"
#include "sandbox/needs.h"

namespace dss::app {

class Confinement {
 public:
  /// Files and ports. Called before the first thread is made, because landlock holds for threads
  /// that are made later. Errors (kUnavailable): the kernel lacks what security.sandbox = on asks.
  static base::Result<Confinement> begin(const ServeSettings& settings);

  /// System calls, for all threads: called when everything is open and listens. Errors as above.
  base::Status complete();

  /// One line that says what holds, and why the rest does not.
  void report(log::Logger* logger) const;

 private:
  explicit Confinement(SandboxMode mode) : mode_(mode) {}
  base::Status check(const base::Status& done);
  base::Status check_kernel() const;

  SandboxMode mode_;
  sandbox::Outgoing outgoing_;
  sandbox::FileLimits files_;
  bool calls_ = false;
  std::string missing_;  ///< causes
};

}  // namespace dss::app
