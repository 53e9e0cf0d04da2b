#include "api/perspective/multipart.h"

#include <algorithm>

namespace dss::api::perspective {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kLongestBoundary = 70;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

// Takes the first line off `text`, without its end.
std::string_view take_line(std::string_view* text) {
  const std::size_t end = std::min(text->find('\n'), text->size());
  std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool may_stand_in_boundary(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

std::string unquoted(std::string_view value) {
  if (!value.starts_with('"')) return std::string(trimmed(value.substr(0, value.find(';'))));
  return std::string(value.substr(1, value.find('"', 1) - 1));
}

// The text without the line end in front of a boundary, which belongs to the boundary.
std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

enum class Line : std::uint8_t { kOther, kBoundary, kClosing };

Line kind_of(std::string_view line, std::string_view boundary) {
  if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) return Line::kOther;
  std::string_view rest = line.substr(2 + boundary.size());
  const bool closing = rest.starts_with("--");
  if (closing) rest.remove_prefix(2);
  if (!trimmed(rest).empty()) return Line::kOther;
  return closing ? Line::kClosing : Line::kBoundary;
}

tl::unexpected<base::Error> invalid(std::string message) {
  return base::fail(base::ErrorKind::kInvalidArgument, std::move(message));
}

}  // namespace

base::Result<std::string> boundary_of(std::string_view content_type) {
  constexpr std::string_view kName = "boundary=";
  if (!same(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/mixed")) {
    return invalid("A batch must have Content-Type multipart/mixed");
  }
  for (std::size_t at = content_type.find(';'); at != content_type.npos;
       at = content_type.find(';', at + 1)) {
    const std::string_view parameter = trimmed(content_type.substr(at + 1));
    if (!same(parameter.substr(0, kName.size()), kName)) continue;
    std::string boundary = unquoted(parameter.substr(kName.size()));
    const bool fits = !boundary.empty() && boundary.size() <= kLongestBoundary &&
                      boundary.back() != ' ' &&
                      std::all_of(boundary.begin(), boundary.end(), may_stand_in_boundary);
    if (fits) return boundary;
    break;
  }
  return invalid("The batch's Content-Type names no boundary, or none that RFC 2046 allows");
}

base::Result<std::vector<Part>> split_parts(std::string_view body, std::string_view boundary,
                                            std::size_t most) {
  std::vector<Part> parts;
  const char* begin = nullptr;  // of the part that is open
  for (std::string_view rest = body; !rest.empty();) {
    const char* line_begin = rest.data();
    const Line kind = kind_of(take_line(&rest), boundary);
    if (kind == Line::kOther) continue;
    if (begin != nullptr) {
      if (parts.size() == most) {
        return invalid("The batch has more than " + std::to_string(most) + " parts");
      }
      const std::string_view text(begin, static_cast<std::size_t>(line_begin - begin));
      parts.push_back(split_headers(without_line_end(text)));
    }
    begin = rest.data();
    if (kind != Line::kClosing) continue;
    if (parts.empty()) return invalid("The batch has no parts");
    return parts;
  }
  return invalid("The batch's body has no closing boundary");
}

Part split_headers(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto line_begin = static_cast<std::size_t>(rest.data() - text.data());
    if (take_line(&rest).empty()) return {text.substr(0, line_begin), rest};
  }
  return {text, text.substr(text.size())};
}

std::string header_value(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::string_view line = take_line(&headers);
    const std::size_t colon = std::min(line.find(':'), line.size());
    if (colon == line.size() || !same(line.substr(0, colon), name)) continue;
    std::string value(trimmed(line.substr(colon + 1)));
    while (headers.starts_with(' ') || headers.starts_with('\t')) {
      const std::string_view more = trimmed(take_line(&headers));
      value += (value.empty() || more.empty() ? "" : " ") + std::string(more);
    }
    return value;
  }
  return {};
}

}  // namespace dss::api::perspective
