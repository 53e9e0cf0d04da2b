#include "http/observer.h"

#include <array>

namespace dss::http {

std::string_view rejection_name(Rejection rejection) {
  constexpr std::array<std::string_view, kRejections> kNames = {
      "malformed",   "too_large", "timeout",   "address_limit",
      "descriptors", "draining",  "overloaded"};
  return kNames[static_cast<std::size_t>(rejection)];
}

}  // namespace dss::http
