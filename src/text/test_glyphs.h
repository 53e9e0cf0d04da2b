// Glyphs from and to plain text, for tests of the single repairs.
#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/glyphs.h"

namespace dss::text {

/// One glyph per code point of already folded text.
inline Glyphs glyphs_of(std::string_view text) {
  Glyphs glyphs;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = base::next_code_point(text, &at);
    glyphs.push_back({code, begin, at});
  }
  return glyphs;
}

inline std::string text_of(const Glyphs& glyphs) {
  std::string text;
  for (const Glyph& glyph : glyphs) base::append_utf8(glyph.code, &text);
  return text;
}

}  // namespace dss::text
