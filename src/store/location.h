// Where a database is: `sqlite:FILE` or `postgresql://user@host/name`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dss::store {

struct Location {
  enum class Kind : std::uint8_t { kSqlite, kPostgres } kind = Kind::kSqlite;
  std::string value;  ///< a path, or the whole URL

  /// For logs: the path, or the URL without its password.
  [[nodiscard]] std::string shown() const;
};

/// Errors (kInvalidArgument) say which forms there are and never repeat what was given: it may hold
/// a password.
[[nodiscard]] base::Result<Location> parse_location(std::string_view text);

}  // namespace dss::store
