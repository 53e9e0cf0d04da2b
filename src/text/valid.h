// Text that is known to be well-formed UTF-8.
#pragma once

#include <optional>
#include <string_view>

#include "base/utf8.h"

namespace dss::text {

/// A view of well-formed UTF-8; owns nothing. The only ways to get one are a check and a promise.
class Valid {
 public:
  /// Checks; empty when `bytes` is not well-formed.
  [[nodiscard]] static std::optional<Valid> check(std::string_view bytes) {
    if (!base::is_valid_utf8(bytes)) return std::nullopt;
    return Valid(bytes);
  }
  /// REQUIRES: the caller knows that `bytes` is well-formed.
  [[nodiscard]] static Valid promise(std::string_view bytes) { return Valid(bytes); }

  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  explicit Valid(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace dss::text
