// Very long texts are normalised piece by piece, so that memory stays bounded.
#pragma once

#include <cstddef>
#include <string_view>

namespace dss::scoring {

inline constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

/// End of the piece that begins at `begin`: behind white space if there is any, else on a code
/// point's boundary. REQUIRES: `text` is UTF-8.
[[nodiscard]] inline std::size_t piece_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kPieceBytes) return text.size();
  const std::size_t space = text.substr(begin, kPieceBytes).find_last_of(" \n\t");
  if (space != std::string_view::npos && space > 0) return begin + space + 1;
  std::size_t end = begin + kPieceBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

}  // namespace dss::scoring
