// SQL as both databases understand it: a statement with values in, rows of text out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace dss::store {

/// A value as text; nothing for NULL.
using SqlValue = std::optional<std::string>;
using SqlRow = std::vector<SqlValue>;

struct SqlResult {
  std::vector<SqlRow> rows;
  std::uint64_t changed = 0;  ///< rows inserted, updated or deleted
};

/// One connection. Not thread-safe. Errors as store::Feedback; no message holds a value.
class Sql {
 public:
  virtual ~Sql() = default;

  /// Runs one statement with `$1`, `$2` … for the values; their numbers must first appear in
  /// ascending order.
  virtual base::Result<SqlResult> run(const char* statement,
                                      std::span<const SqlValue> values = {}) = 0;
  /// The type of a column that numbers rows in the order of insertion, as its declaration.
  [[nodiscard]] virtual const char* numbering() const = 0;
  /// Overwrites what was deleted as far as the database lets a client do that.
  virtual base::Status forget() = 0;
};

/// Opens or creates the file, readable by its owner only, in WAL mode; waits up to two seconds for
/// another writer.
[[nodiscard]] base::Result<std::unique_ptr<Sql>> open_sqlite(const std::string& path);

/// Connects within three seconds (unless the URL says otherwise); a statement may take ten. The
/// client library is loaded by the first call; kUnavailable if it is not installed.
[[nodiscard]] base::Result<std::unique_ptr<Sql>> open_postgres(const std::string& url);

}  // namespace dss::store
