#include "auth/forwarded.h"

#include <algorithm>
#include <optional>

namespace dss::auth {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// The part of `text` behind its last `mark` that is not in quotes, taken off its end. All of it is
/// gone where a quote stays open: what a client wrote must not swallow what its proxy appends.
std::string_view take_last(std::string_view* text, char mark) {
  std::size_t cut = text->npos;
  bool quoted = false;
  for (std::size_t i = 0; i < text->size(); ++i) {
    const char c = (*text)[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == mark && !quoted) {
      cut = i;
    }
  }
  if (quoted) {
    *text = {};
    return {};
  }
  const std::string_view last = cut == text->npos ? *text : text->substr(cut + 1);
  *text = cut == text->npos ? std::string_view() : text->substr(0, cut);
  return trimmed(last);
}

/// As take_last() for a list without quotes.
std::string_view take_last_plain(std::string_view* text) {
  const std::size_t comma = text->rfind(',');
  const std::string_view last = comma == text->npos ? *text : text->substr(comma + 1);
  *text = comma == text->npos ? std::string_view() : text->substr(0, comma);
  return trimmed(last);
}

/// An address with or without a port: `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`.
std::optional<IpAddress> address_of(std::string_view node) {
  if (node.size() >= 2 && node.front() == '"' && node.back() == '"') {
    node = node.substr(1, node.size() - 2);
  }
  if (node.starts_with('[')) {
    const std::size_t end = node.find(']');
    if (end == node.npos) return std::nullopt;
    const bool port = end + 1 == node.size() || node[end + 1] == ':';
    return port ? parse_ip(node.substr(1, end - 1)) : std::nullopt;
  }
  const bool one_colon = std::count(node.begin(), node.end(), ':') == 1;
  return parse_ip(one_colon ? node.substr(0, node.find(':')) : node);
}

bool names_for(std::string_view pair) {
  return pair.size() >= 4 && (pair[0] | 0x20) == 'f' && (pair[1] | 0x20) == 'o' &&
         (pair[2] | 0x20) == 'r' && pair[3] == '=';
}

/// The `for` of one element of Forwarded; of two the last one.
std::optional<IpAddress> forwarded_for(std::string_view element) {
  while (!element.empty()) {
    const std::string_view pair = take_last(&element, ';');
    if (names_for(pair)) return address_of(pair.substr(4));
  }
  return std::nullopt;
}

}  // namespace

IpAddress client_address(const IpAddress& peer, std::span<const std::string_view> values,
                         const TrustedProxies& trusted) {
  IpAddress client = peer;
  for (std::size_t i = values.size(); i > 0; --i) {
    std::string_view value = values[i - 1];
    while (!value.empty()) {
      if (!any_contains(trusted.networks, client)) return client;
      const auto address = trusted.header == ForwardedHeader::kForwarded
                               ? forwarded_for(take_last(&value, ','))
                               : address_of(take_last_plain(&value));
      if (!address) return client;
      client = *address;
    }
  }
  return client;
}

}  // namespace dss::auth
