// What a server with these settings reads, writes, listens on and connects to while it serves.
#pragma once

#include "app/serve_settings.h"
#include "sandbox/needs.h"
#include "store/postgres_reach.h"

namespace dss::app {

/// Everything that SIGHUP reads again stays readable, the folders of the blocklists and of SQLite
/// databases writable, and the ports of PostgreSQL and of the trace collector reachable; without
/// either no connection can be begun. `variable` looks into the environment.
[[nodiscard]] sandbox::Needs sandbox_needs(const ServeSettings& settings,
                                           const store::Variable& variable);

}  // namespace dss::app
