// seccomp: takes from a process the system calls that a serving server does not make.
#pragma once

#include <span>

#include "base/result.h"
#include "sandbox/needs.h"

namespace dss::sandbox {

/// The calls that are allowed whatever their arguments; a few more are allowed with some arguments
/// only. An allow-list: what a kernel learns in future is refused until it stands there.
[[nodiscard]] std::span<const int> plain_calls();

/// Whether this build can be limited: sanitizers make calls of their own.
[[nodiscard]] bool can_limit_calls();

/// Limits all threads of the process, present and future: call it when all sockets listen. What is
/// not allowed fails with EPERM, so that a call somebody forgot costs an answer and not the server;
/// 32-bit calls end the process. Without `outgoing.any` no socket can be made or connected; without
/// `outgoing.loads_names` no memory can be made executable. It cannot be undone.
/// Errors: kUnavailable if kernel, processor or build have no filter; kIo.
base::Status limit_calls(const Outgoing& outgoing);

}  // namespace dss::sandbox
