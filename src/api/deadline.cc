#include "api/deadline.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace dss::api {

std::optional<base::SteadyTime> deadline_of(const http::Request& request, base::SteadyTime begun) {
  const std::string_view value = request.header("x-request-deadline-ms");
  std::uint32_t milliseconds = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), milliseconds);
  if (value.empty() || error != std::errc() || end != value.data() + value.size()) {
    return std::nullopt;
  }
  return begun + std::chrono::milliseconds(milliseconds);
}

}  // namespace dss::api
