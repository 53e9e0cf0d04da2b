#include "http/request_id.h"

#include <algorithm>

#include "http/ascii.h"

namespace dss::http {

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alpha(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

std::string_view new_request_id(base::Rng* rng, RequestIdBuffer* buffer) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::uint64_t bits = rng->next();
  for (char& digit : *buffer) {
    digit = kDigits[bits & 15];
    bits >>= 4;
  }
  return {buffer->data(), buffer->size()};
}

}  // namespace dss::http
