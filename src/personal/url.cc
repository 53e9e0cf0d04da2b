#include <algorithm>
#include <array>

#include "personal/characters.h"
#include "personal/detect.h"
#include "personal/finders.h"

namespace dss::personal {
namespace {

constexpr std::string_view kAfterScheme = "://";
constexpr std::size_t kLongestScheme = 20;
constexpr std::array<std::string_view, 17> kSecretParameters = {
    "access_token", "api_key",    "apikey",    "auth",     "client_secret", "code",
    "jwt",          "key",        "passwd",    "password", "pwd",           "secret",
    "session",      "session_id", "sessionid", "sig",      "token"};

std::size_t scheme_begin(std::string_view text, std::size_t colon) {
  std::size_t begin = colon;
  const auto part = [](char c) { return is_ascii_alnum(c) || c == '+' || c == '-' || c == '.'; };
  while (begin > 0 && colon - begin < kLongestScheme && part(text[begin - 1])) --begin;
  while (begin < colon && !is_ascii_letter(text[begin])) ++begin;
  return begin;
}

bool ends_url(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '`';
}

std::size_t url_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !ends_url(text[at])) ++at;
  constexpr std::string_view kTrailing = ".,;:!?)]}'";
  while (at > 0 && kTrailing.find(text[at - 1]) != std::string_view::npos) --at;
  return at;
}

bool names_secret(std::string_view parameter) {
  const std::string_view name = parameter.substr(0, parameter.find('='));
  if (name.size() + 1 >= parameter.size() || name.size() > 16) return false;
  std::array<char, 16> small{};
  std::transform(name.begin(), name.end(), small.begin(), lower);
  const std::string_view key(small.data(), name.size());
  return std::find(kSecretParameters.begin(), kSecretParameters.end(), key) !=
         kSecretParameters.end();
}

bool has_secret_parameter(std::string_view url) {
  const std::size_t mark = url.find_first_of("?#");
  if (mark == std::string_view::npos) return false;
  for (std::size_t at = mark + 1; at < url.size();) {
    const std::size_t end = std::min(url.find_first_of("&;?#", at), url.size());
    if (names_secret(url.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

// `rest` is the URL from its authority on.
bool has_credentials(std::string_view rest) {
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  const bool user = at != std::string_view::npos && at > 0 && at + 1 < authority.size();
  return user || has_secret_parameter(rest);
}

}  // namespace

void find_urls(std::string_view text, Entities* found) {
  std::size_t colon = text.find(kAfterScheme);
  while (colon != std::string_view::npos) {
    const std::size_t authority = colon + kAfterScheme.size();
    const std::size_t end = std::max(url_end(text, authority), authority);
    const std::size_t begin = scheme_begin(text, colon);
    const std::size_t last = found->empty() ? 0 : found->back().end;
    if (begin < colon && begin >= last &&
        has_credentials(text.substr(authority, end - authority))) {
      found->push_back({Kind::kUrl, begin, end});
    }
    colon = text.find(kAfterScheme, end);
  }
}

}  // namespace dss::personal
