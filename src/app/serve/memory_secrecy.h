// What keeps the process's memory from leaving it.
#pragma once

namespace dss::app {

/// From now on this process writes no core dump and lets no other process of its user read its
/// memory (PR_SET_DUMPABLE, RLIMIT_CORE): texts live there while they are scored. Answers whether
/// the system agreed.
bool keep_memory_secret();

}  // namespace dss::app
