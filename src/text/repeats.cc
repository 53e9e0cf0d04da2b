#include "text/repeats.h"

namespace dss::text {
namespace {

bool stands_alone(const Glyphs& glyphs, GlyphRange run) {
  return (run.begin == 0 || !is_letter(glyphs[run.begin - 1].code)) &&
         (run.end == glyphs.size() || !is_letter(glyphs[run.end].code));
}

std::size_t kept_of(const Glyphs& glyphs, GlyphRange run) {
  const char32_t code = glyphs[run.begin].code;
  if (run.size() < 3 || is_digit(code)) return run.size();
  return is_letter(code) && stands_alone(glyphs, run) ? 3 : 1;
}

}  // namespace

Shortened shorten_repeats(Glyphs* glyphs) {
  Glyphs& all = *glyphs;
  Shortened shortened;
  std::size_t out = 0;
  for (std::size_t i = 0; i < all.size();) {
    const char32_t code = all[i].code;
    std::size_t end = i + 1;
    while (end < all.size() && all[end].code == code) ++end;
    const std::size_t kept = kept_of(all, {i, end});
    shortened.any |= kept < end - i;
    shortened.letters |= kept < end - i && is_letter(code);
    const std::size_t last = all[end - 1].end;
    for (std::size_t k = 0; k < kept; ++k) all[out++] = all[i + k];
    all[out - 1].end = last;
    i = end;
  }
  all.resize(out);
  return shortened;
}

}  // namespace dss::text
