// A text without the personal data that was found in it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "personal/entity.h"

namespace dss::personal {

enum class Strategy : std::uint8_t {
  kMask,  ///< `[EMAIL]`
  kHash,  ///< `[EMAIL:h` and 32 hexadecimal digits `]`: equal values have equal digits
  kDrop,  ///< nothing
};

/// `mask`, `hash`, `drop`; nothing for another name.
[[nodiscard]] std::optional<Strategy> strategy_named(std::string_view name);

/// The key that values are hashed under. Of a plain hash anybody can find the value again by
/// hashing all there are: ten digits of a telephone number are tried in seconds. Under HMAC-SHA-256
/// with a secret key only its holder can, so the result is pseudonymous, not anonymous, as long as
/// the key exists. Immutable, so thread-safe.
class HashKey {
 public:
  /// The file's first line, at least 32 characters. Errors: kNotFound, kIo, kInvalidArgument.
  [[nodiscard]] static base::Result<HashKey> read(const std::string& path);
  /// REQUIRES: at least 32 bytes.
  [[nodiscard]] static HashKey of(std::string key) { return HashKey(std::move(key)); }

  /// 128 bits in hexadecimal. E-mail addresses are compared without case, numbers without their
  /// separators.
  [[nodiscard]] std::string hash(Kind kind, std::string_view value) const;

 private:
  explicit HashKey(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

/// `text` with each entity replaced. `key` may be null unless the strategy is kHash. After kMask
/// and kHash detect() finds nothing more; after kDrop what stood on both sides of a value has come
/// together and may read as another one. REQUIRES: entities as detect() answers them for `text`.
[[nodiscard]] std::string rewritten(std::string_view text, const Entities& entities,
                                    Strategy strategy, const HashKey* key);

/// `text` with a space for every code point of an entity: nothing moves, so offsets stay right.
[[nodiscard]] std::string blanked(std::string_view text, const Entities& entities);

}  // namespace dss::personal
