// Where keys are kept: a SQLite file, a PostgreSQL database, or a text file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/key.h"
#include "base/result.h"
#include "store/location.h"

namespace dss::auth {

/// Every call blocks until the store has answered. Not thread-safe; several processes may work on
/// one store. Errors: kUnavailable (trying later may help), kIo, kCorrupt, kInternal.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  /// All keys, in the order of their making.
  virtual base::Result<std::vector<Key>> list() = 0;
  /// kInvalidArgument: the id is taken.
  virtual base::Status add(const Key& key) = 0;
  /// From `when` on the key is worth nothing; an earlier revocation stays. kNotFound: no such key.
  virtual base::Status revoke(const std::string& id, base::SystemTime when) = 0;
};

/// Which store a URL means.
struct KeyLocation {
  bool is_file = false;        ///< `file:PATH`, lines as in key_file.h
  store::Location database{};  ///< otherwise
  std::string path{};          ///< of the file

  /// For logs, without a password.
  [[nodiscard]] std::string shown() const { return is_file ? path : database.shown(); }
};

/// Errors (kInvalidArgument) say which forms there are and never repeat what was given.
[[nodiscard]] base::Result<KeyLocation> parse_key_location(std::string_view text);

/// Opens a store. A file, SQLite's too, must be there (else kNotFound), unless `create`. A
/// database's table is made if it is missing. A text file is only read until a key is added or
/// revoked, then written whole or not at all.
[[nodiscard]] base::Result<std::unique_ptr<KeyStore>> open_key_store(const KeyLocation& location,
                                                                     bool create = false);

}  // namespace dss::auth
