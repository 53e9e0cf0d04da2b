#include "http/message.h"

#include <array>

#include "http/ascii.h"

namespace dss::http {

std::string_view method_name(Method method) {
  constexpr std::array<std::string_view, 8> kNames = {"GET",   "HEAD",   "POST",    "PUT",
                                                      "PATCH", "DELETE", "OPTIONS", "OTHER"};
  return kNames[static_cast<std::size_t>(method)];
}

std::string_view Request::header(std::string_view name) const {
  for (const HeaderView& header : headers) {
    if (iequals(header.name, name)) return header.value;
  }
  return {};
}

}  // namespace dss::http
