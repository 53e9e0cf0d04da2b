#include "base/accept.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>

namespace dss::base {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view strip(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Takes what stands before `separator` off the front of `*rest`.
std::string_view take(std::string_view* rest, char separator) {
  const std::size_t at = std::min(rest->find(separator), rest->size());
  const std::string_view part = rest->substr(0, at);
  rest->remove_prefix(std::min(at + 1, rest->size()));
  return strip(part);
}

double parse_q(std::string_view text) {
  double q = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), q);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && q >= 0 && q <= 1 ? q : 0;
}

// How much one language is wanted, and the place of the element that says so.
struct LanguageWish {
  bool named = false;
  double q = 0;
  std::size_t place = std::numeric_limits<std::size_t>::max();
};

LanguageWish language_wish(std::string_view accept_language, std::string_view language) {
  LanguageWish wish;
  for (std::size_t place = 0; !accept_language.empty(); ++place) {
    const AcceptRange range = take_accept_range(&accept_language);
    const bool named = same_name(range.name.substr(0, range.name.find('-')), language);
    if (!named && (range.name != "*" || wish.named)) continue;
    if (named == wish.named && range.q <= wish.q) continue;
    wish = {named, range.q, place};
  }
  return wish;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

AcceptRange take_accept_range(std::string_view* header) {
  std::string_view element = take(header, ',');
  AcceptRange range;
  range.name = take(&element, ';');
  while (!element.empty()) {
    std::string_view value = take(&element, ';');
    const std::string_view key = take(&value, '=');
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (same_name(key, "q")) range.q = parse_q(value);
    if (same_name(key, "version")) range.version = value;
  }
  return range;
}

int media_specificity(const AcceptRange& range, std::string_view type, std::string_view subtype,
                      std::string_view version) {
  if (range.name == "*/*") return 1;
  std::string_view rest = range.name;
  if (!same_name(take(&rest, '/'), type)) return 0;
  if (rest == "*") return 2;
  if (!same_name(rest, subtype)) return 0;
  if (range.version.empty()) return 3;
  return range.version == version ? 4 : 0;
}

void consider(const AcceptRange& range, int specificity, AcceptWish* wish) {
  if (specificity > wish->specificity) {
    *wish = {specificity, range.q};
  } else if (specificity != 0 && specificity == wish->specificity) {
    wish->q = std::max(wish->q, range.q);
  }
}

AcceptWish media_wish(std::string_view accept, std::string_view type, std::string_view subtype) {
  AcceptWish wish;
  while (!accept.empty()) {
    const AcceptRange range = take_accept_range(&accept);
    consider(range, media_specificity(range, type, subtype, ""), &wish);
  }
  return wish;
}

std::size_t preferred_language(std::string_view accept_language,
                               std::span<const std::string_view> offered) {
  std::size_t best = 0;
  LanguageWish most;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const LanguageWish wish = language_wish(accept_language, offered[i]);
    if (wish.q > most.q || (wish.q == most.q && wish.q > 0 && wish.place < most.place)) {
      best = i;
      most = wish;
    }
  }
  return best;
}

}  // namespace dss::base
