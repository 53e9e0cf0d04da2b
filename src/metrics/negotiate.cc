#include "metrics/negotiate.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace dss::metrics {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

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

/// One element of the header: `name;version=…;q=…`.
struct Range {
  std::string_view name;
  std::string_view version;  ///< empty: not said
  double q = 1;
};

double parse_q(std::string_view text) {
  double q = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), q);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && q >= 0 && q <= 1 ? q : 0;
}

Range parse_range(std::string_view element) {
  Range range;
  range.name = take(&element, ';');
  while (!element.empty()) {
    std::string_view value = take(&element, ';');
    const std::string_view key = take(&value, '=');
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (same(key, "q")) range.q = parse_q(value);
    if (same(key, "version")) range.version = value;
  }
  return range;
}

/// How much a format is wanted. A more specific range overrules a less specific one, whatever its
/// q.
struct Wish {
  int specificity =
      0;  ///< 0: not mentioned, 1: */*, 2: type/*, 3: type/subtype, 4: with the version
  double q = 0;
};

int specificity(const Range& range, std::string_view type, std::string_view subtype,
                std::string_view version) {
  if (range.name == "*/*") return 1;
  std::string_view rest = range.name;
  if (!same(take(&rest, '/'), type)) return 0;
  if (rest == "*") return 2;
  if (!same(rest, subtype)) return 0;
  if (range.version.empty()) return 3;
  return range.version == version ? 4 : 0;
}

void consider(const Range& range, int specificity, Wish* wish) {
  if (specificity > wish->specificity) {
    *wish = {specificity, range.q};
  } else if (specificity != 0 && specificity == wish->specificity) {
    wish->q = std::max(wish->q, range.q);
  }
}

}  // namespace

Format choose_format(std::string_view accept) {
  Wish text;
  Wish open_metrics;
  while (!accept.empty()) {
    const Range range = parse_range(take(&accept, ','));
    consider(range, specificity(range, "text", "plain", "0.0.4"), &text);
    consider(range, specificity(range, "application", "openmetrics-text", "1.0.0"), &open_metrics);
  }
  if (open_metrics.q == 0 || open_metrics.q < text.q) return Format::kText004;
  if (open_metrics.q > text.q) return Format::kOpenMetrics100;
  // Wanted alike: OpenMetrics, which says more, if it was asked for by name.
  return open_metrics.specificity >= 3 ? Format::kOpenMetrics100 : Format::kText004;
}

bool accepts_gzip(std::string_view accept_encoding) {
  std::optional<double> gzip;
  std::optional<double> identity;
  std::optional<double> any;
  while (!accept_encoding.empty()) {
    const Range range = parse_range(take(&accept_encoding, ','));
    if (same(range.name, "gzip") || same(range.name, "x-gzip")) gzip = range.q;
    if (same(range.name, "identity")) identity = range.q;
    if (range.name == "*") any = range.q;
  }
  const double wanted = gzip.value_or(any.value_or(0));
  return wanted > 0 && wanted >= identity.value_or(0);
}

}  // namespace dss::metrics
