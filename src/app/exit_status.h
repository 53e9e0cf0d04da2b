// Exit statuses of `dss`, for scripts.
#pragma once

#include "base/result.h"

namespace dss::app {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;  ///< the work failed, or some rows of it
inline constexpr int kUsage = 2;    ///< the command line or the configuration is wrong

[[nodiscard]] inline int exit_status(base::ErrorKind kind) {
  return kind == base::ErrorKind::kInvalidArgument || kind == base::ErrorKind::kUnknownModel
             ? kUsage
             : kFailure;
}

}  // namespace dss::app
