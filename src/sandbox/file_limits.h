// Landlock: takes the file system and TCP from a process, but for what it needs.
#pragma once

#include "base/result.h"
#include "sandbox/needs.h"

namespace dss::sandbox {

/// What the running kernel could hold.
struct FileLimits {
  bool files = false;    ///< ABI 1 (Linux 5.13)
  bool ports = false;    ///< ABI 4 (Linux 6.7): TCP is bound and connected on the needed ports only
  bool signals = false;  ///< ABI 6 (Linux 6.12): none to processes outside, nor abstract sockets
};

/// What limit_files() would hold on this kernel; all false: it has no landlock.
[[nodiscard]] FileLimits file_limits_of_kernel();

/// Limits the calling thread, and all threads and processes that it makes from now on: call it
/// before the first thread is made. It cannot be undone. Open descriptors stay as they are,
/// programs cannot be executed, and no privilege can be gained any more (no_new_privs). Paths that
/// do not exist, or that may not be opened, are left out. Errors: kUnavailable if the kernel has no
/// landlock; kIo.
base::Result<FileLimits> limit_files(const Needs& needs);

}  // namespace dss::sandbox
