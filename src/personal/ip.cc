#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "personal/characters.h"
#include "personal/finders.h"

namespace dss::personal {
namespace {

bool parses(int family, std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (text.size() >= buffer.size()) return false;
  std::copy(text.begin(), text.end(), buffer.begin());
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(family, buffer.data(), address.data()) == 1;
}

// Words like `face::` are no addresses: a digit is asked for.
bool is_version_6(std::string_view token) {
  return std::count(token.begin(), token.end(), ':') >= 2 &&
         std::any_of(token.begin(), token.end(), is_digit) && parses(AF_INET6, token);
}

// How much of the token is an address; 0: nothing.
std::size_t address_size(std::string_view token) {
  while (token.ends_with('.')) token.remove_suffix(1);
  if (token.ends_with(':') && !token.ends_with("::")) token.remove_suffix(1);
  if (is_version_6(token)) return token.size();
  const std::string_view host = token.substr(0, token.find(':'));
  return parses(AF_INET, host) ? host.size() : 0;
}

bool is_part(char c) { return is_hex(c) || c == ':' || c == '.'; }

}  // namespace

void find_ips(std::string_view text, Entities* found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_hex(text[at]) && text[at] != ':') continue;
    std::size_t end = at;
    while (end < text.size() && is_part(text[end])) ++end;
    if (!word_before(text, at) && !word_at(text, end)) {
      const std::size_t size = address_size(text.substr(at, end - at));
      if (size > 0) found->push_back({Kind::kIp, at, at + size});
    }
    at = end;
  }
}

}  // namespace dss::personal
