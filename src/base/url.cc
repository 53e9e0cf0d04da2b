#include "base/url.h"

#include <algorithm>

namespace dss::base {
namespace {

constexpr std::string_view kRedacted = "(redacted)";

void redact_user(std::string* url) {
  const std::size_t scheme = url->find("://");
  if (scheme == std::string::npos) return;
  const std::size_t begin = scheme + 3;
  const std::size_t end = std::min(url->find_first_of("/?#", begin), url->size());
  // An unescaped '@' or '/' may belong to the password: the last '@' of the URL ends it.
  const std::size_t at = url->rfind('@');
  const std::size_t colon = url->find(':', begin);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return;
  if (colon > end && url->find('@', begin) < end) return;
  url->replace(colon + 1, at - colon - 1, kRedacted);
}

void redact_parameters(std::string* url) {
  std::size_t at = url->find('?');
  while (at != std::string::npos) {
    const std::size_t begin = at + 1;
    std::size_t end = std::min(url->find('&', begin), url->size());
    const std::size_t equals = url->find('=', begin);
    const bool secret = std::string_view(*url).substr(begin, end - begin).find("password") !=
                        std::string_view::npos;
    if (secret && equals < end) {
      url->replace(equals + 1, end - equals - 1, kRedacted);
      end = equals + 1 + kRedacted.size();
    }
    at = end < url->size() ? end : std::string::npos;
  }
}

}  // namespace

std::string without_password(std::string_view url) {
  std::string shown(url);
  redact_user(&shown);
  redact_parameters(&shown);
  return shown;
}

}  // namespace dss::base
