#include "metrics/escape.h"

namespace dss::metrics {
namespace {

std::string escape(std::string_view text, bool quotes) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || (quotes && c == '"')) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string escape_quoted(std::string_view text) { return escape(text, true); }

std::string escape_help(std::string_view text) { return escape(text, false); }

LabelText label_text(std::span<const std::string_view> names,
                     std::span<const std::string_view> values) {
  LabelText text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string& part = names[i] < "le" ? text.before_le : text.after_le;
    if (!part.empty()) part += ',';
    part.append(names[i]).append("=\"").append(escape_quoted(values[i])).append("\"");
  }
  return text;
}

}  // namespace dss::metrics
