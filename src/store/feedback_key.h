// The key under which texts and clients are known in the feedback database.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace dss::store {

/// HMAC-SHA-256, cut to 128 bits, of texts and of client tokens. Equal ones get equal hashes, so
/// that repeated reports are seen and a client's entries can be found and deleted; whoever has the
/// database without the key can neither look a text up nor recognise a client. Texts and tokens
/// live in domains of their own. Immutable, so thread-safe.
class FeedbackKey {
 public:
  /// Reads 64 hex digits. Errors: kNotFound, kIo, kInvalidArgument (no key inside).
  [[nodiscard]] static base::Result<FeedbackKey> read(const std::string& path);
  /// The same; a file that is missing is made, with a random key, readable by its owner only.
  [[nodiscard]] static base::Result<FeedbackKey> read_or_create(const std::string& path);
  /// REQUIRES: 64 hex digits.
  [[nodiscard]] static FeedbackKey of(std::string hex) { return FeedbackKey(std::move(hex)); }

  [[nodiscard]] std::string text_hash(std::string_view text) const;
  /// Empty for an empty token. Tenants (bytes that stand for one; empty: the one without a name)
  /// have domains of their own too, so that nobody reaches another tenant's entries by its tokens.
  [[nodiscard]] std::string client_hash(std::string_view token, std::string_view tenant = {}) const;

 private:
  explicit FeedbackKey(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

}  // namespace dss::store
