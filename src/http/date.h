// The Date header (RFC 9110, 5.6.7), made once a second and not once a request.
#pragma once

#include <array>
#include <ctime>
#include <string_view>

#include "base/clock.h"

namespace dss::http {

/// The last second formatted. Not thread-safe: one per loop.
class DateCache {
 public:
  void update(base::SystemTime now);
  /// `Sun, 06 Nov 1994 08:49:37 GMT`. REQUIRES: update() was called.
  [[nodiscard]] std::string_view text() const { return {text_.data(), 29}; }

 private:
  std::time_t second_ = -1;
  std::array<char, 32> text_{};
};

}  // namespace dss::http
