#include "metrics/exposition.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "metrics/gzip.h"
#include "metrics/negotiate.h"
#include "metrics/render.h"

namespace dss::metrics {
namespace {

std::optional<char> escaped_byte(std::string_view text) {
  unsigned value = 0;
  if (text.size() < 3) return std::nullopt;
  const char* end = text.data() + 3;
  const auto result = std::from_chars(text.data() + 1, end, value, 16);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return static_cast<char>(value);
}

/// Percent-decoding; a `%` that starts no escape stands for itself.
std::string decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? escaped_byte(text.substr(i)) : std::nullopt;
    out += byte.value_or(text[i]);
    if (byte) i += 2;
  }
  return out;
}

std::vector<std::string> wanted_names(std::string_view query) {
  std::vector<std::string> names;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && decode(pair.substr(0, equals)) == "name[]") {
      names.push_back(decode(pair.substr(equals + 1)));
    }
  }
  return names;
}

/// Whether `name` is the family's, or that of one of its samples.
bool belongs(std::string_view name, const Spec& spec) {
  if (name == spec.name) return true;
  std::string_view base = spec.name;
  if (spec.type == Type::kCounter && base.ends_with("_total")) base.remove_suffix(6);
  if (!name.starts_with(base)) return false;
  const std::string_view suffix = name.substr(base.size());
  if (suffix.empty()) return true;
  if (spec.type == Type::kGauge) return false;
  if (suffix == "_created") return true;
  if (spec.type == Type::kCounter) return false;
  return suffix == "_count" || suffix == "_sum" ||
         (spec.type == Type::kHistogram && suffix == "_bucket");
}

}  // namespace

Exposition expose(const Registry& registry, const ScrapeRequest& request) {
  std::vector<FamilySnapshot> families = registry.collect();
  if (const auto names = wanted_names(request.query); !names.empty()) {
    std::erase_if(families, [&](const FamilySnapshot& family) {
      return std::ranges::none_of(names,
                                  [&](const auto& name) { return belongs(name, family.spec); });
    });
  }
  const Format format = choose_format(request.accept);
  Exposition out;
  out.content_type = content_type(format);
  out.body = render(families, {format, request.created});
  if (accepts_gzip(request.accept_encoding)) {
    if (std::string packed = gzip(out.body); !packed.empty()) {
      out.body = std::move(packed);
      out.content_encoding = "gzip";
    }
  }
  return out;
}

}  // namespace dss::metrics
