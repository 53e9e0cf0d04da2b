#include "personal/neighbours.h"

#include <algorithm>
#include <array>

#include "personal/characters.h"
#include "personal/detect.h"

namespace dss::personal {
namespace {

constexpr std::size_t kWordsBefore = 10;
constexpr std::size_t kWordsBehind = 4;
constexpr std::size_t kBytesBefore = 80;
constexpr std::size_t kBytesBehind = 40;

bool ends_line(char c) { return c == '\n' || c == '\r' || c == kBarrier; }

// Latin-1's é, è, ê, ë and ä, ö, ü without their marks; other characters as a space.
char plain(char first, char second) {
  if (first != '\xC3') return ' ';
  const auto low = static_cast<unsigned char>(static_cast<unsigned char>(second) | 0x20U);
  if (low >= 0xA8 && low <= 0xAB) return 'e';
  if (low == 0xA4 || low == 0xA0 || low == 0xA2) return 'a';
  if (low == 0xB6 || low == 0xB4) return 'o';
  return low == 0xBC || low == 0xB9 ? 'u' : ' ';
}

// Lower-case copy of `piece`, as long as that.
template <std::size_t size>
std::string_view folded(std::string_view piece, std::array<char, size>* buffer) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const bool pair = is_letter_lead(piece[i]) && i + 1 < piece.size();
    (*buffer)[used++] = pair ? plain(piece[i], piece[i + 1]) : lower(piece[i]);
    if (pair) ++i;
  }
  return {buffer->data(), used};
}

bool is_known(std::string_view word, std::span<const std::string_view> words) {
  return std::binary_search(words.begin(), words.end(), word);
}

// Whether one of the last (or first) `limit` words of `piece` is known.
bool any_known(std::string_view piece, std::size_t limit, bool from_end,
               std::span<const std::string_view> words) {
  for (std::size_t count = 0; count < limit; ++count) {
    std::size_t begin = 0;
    std::size_t end = piece.size();
    if (from_end) {
      while (end > 0 && !is_ascii_letter(piece[end - 1])) --end;
      for (begin = end; begin > 0 && is_ascii_letter(piece[begin - 1]);) --begin;
    } else {
      while (begin < piece.size() && !is_ascii_letter(piece[begin])) ++begin;
      for (end = begin; end < piece.size() && is_ascii_letter(piece[end]);) ++end;
    }
    if (begin == end) return false;
    if (is_known(piece.substr(begin, end - begin), words)) return true;
    piece = from_end ? piece.substr(0, begin) : piece.substr(end);
  }
  return false;
}

}  // namespace

bool has_neighbour(std::string_view text, std::size_t begin, std::size_t end,
                   std::span<const std::string_view> words) {
  std::size_t first = begin;
  while (first > 0 && begin - first < kBytesBefore && !ends_line(text[first - 1])) --first;
  std::size_t last = end;
  while (last < text.size() && last - end < kBytesBehind && !ends_line(text[last])) ++last;
  std::array<char, kBytesBefore> before{};
  std::array<char, kBytesBehind> behind{};
  return any_known(folded(text.substr(first, begin - first), &before), kWordsBefore, true, words) ||
         any_known(folded(text.substr(end, last - end), &behind), kWordsBehind, false, words);
}

}  // namespace dss::personal
