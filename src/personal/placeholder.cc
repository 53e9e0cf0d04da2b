#include "personal/placeholder.h"

#include "personal/characters.h"

namespace dss::personal {
namespace {

std::size_t hash_end(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != ":h") return at;
  for (std::size_t i = 0; i < kHashDigits; ++i) {
    if (!is_hex(byte_at(text, at + 2 + i))) return at;
  }
  return at + 2 + kHashDigits;
}

bool is_name(std::string_view capitals) {
  std::string name;
  for (const char c : capitals) name += lower(c);
  return kind_named(name).has_value();
}

}  // namespace

void append_placeholder(Kind kind, std::string_view hash, std::string* out) {
  out->push_back('[');
  for (const char c : name_of(kind)) out->push_back(upper(c));
  if (!hash.empty()) (*out += ":h") += hash;
  out->push_back(']');
}

std::size_t placeholder_end(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != '[') return at;
  std::size_t end = at + 1;
  while (is_upper(byte_at(text, end)) && end - at <= 8) ++end;
  const std::size_t behind = hash_end(text, end);
  if (byte_at(text, behind) != ']') return at;
  return is_name(text.substr(at + 1, end - at - 1)) ? behind + 1 : at;
}

}  // namespace dss::personal
