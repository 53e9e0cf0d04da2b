// Keys in a table that SQLite and PostgreSQL understand alike.
#pragma once

#include <memory>

#include "auth/key_store.h"
#include "base/result.h"
#include "store/location.h"

namespace dss::auth {

/// See open_key_store().
[[nodiscard]] base::Result<std::unique_ptr<KeyStore>> open_sql_key_store(
    const store::Location& location);

}  // namespace dss::auth
