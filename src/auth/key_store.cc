#include "auth/key_store.h"

#include <unistd.h>

#include "auth/file_key_store.h"
#include "auth/sql_key_store.h"

namespace dss::auth {

base::Result<KeyLocation> parse_key_location(std::string_view text) {
  constexpr std::string_view kFile = "file:";
  if (text.starts_with(kFile) && text.size() > kFile.size()) {
    return KeyLocation{.is_file = true, .path = std::string(text.substr(kFile.size()))};
  }
  auto database = store::parse_location(text);
  if (database) return KeyLocation{.database = std::move(*database)};
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "a store of keys is sqlite:FILE, postgresql://USER@HOST/DATABASE or file:FILE");
}

base::Result<std::unique_ptr<KeyStore>> open_key_store(const KeyLocation& location, bool create) {
  const bool sqlite = location.database.kind == store::Location::Kind::kSqlite;
  const std::string& path = location.is_file ? location.path : location.database.value;
  if (!create && (location.is_file || sqlite) && ::access(path.c_str(), F_OK) != 0) {
    return base::fail(base::ErrorKind::kNotFound,
                      path + ": no such file; 'dss keys create' makes it");
  }
  if (location.is_file) return open_file_key_store(location.path);
  return open_sql_key_store(location.database);
}

}  // namespace dss::auth
