// Feedback in tables that SQLite and PostgreSQL understand alike.
#pragma once

#include <memory>

#include "store/feedback.h"
#include "store/sql.h"

namespace dss::store {

/// Makes the tables if they are missing. Errors as open_feedback.
[[nodiscard]] base::Result<std::unique_ptr<Feedback>> sql_feedback(std::unique_ptr<Sql> sql);

}  // namespace dss::store
