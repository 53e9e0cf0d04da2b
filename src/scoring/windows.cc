#include "scoring/windows.h"

#include <algorithm>

#include "text/sentences.h"

namespace dss::scoring {
namespace {

// First unit at or behind `from` that ends behind byte `end`.
std::size_t first_beyond(const std::vector<Unit>& units, std::size_t from, std::size_t end) {
  const auto found =
      std::partition_point(units.begin() + static_cast<std::ptrdiff_t>(from), units.end(),
                           [end](const Unit& unit) { return unit.range.end <= end; });
  return static_cast<std::size_t>(found - units.begin());
}

// End of the last whole sentence that fits before `limit`, or 0 if the first one does not.
std::size_t last_sentence_end(std::string_view text, std::size_t begin, std::size_t limit) {
  std::size_t best = 0;
  for (std::size_t end = text::sentence_end(text, begin); end <= limit;
       end = text::sentence_end(text, end)) {
    best = end;
    if (end == text.size()) break;
  }
  return best;
}

}  // namespace

void cut_windows(std::string_view normalized, const std::vector<Unit>& units, std::size_t size,
                 std::vector<Window>* windows) {
  windows->clear();
  for (std::size_t first = 0; first < units.size();) {
    const std::size_t begin = units[first].range.begin;
    const std::size_t limit = std::min(begin + size, normalized.size());
    const std::size_t whole = last_sentence_end(normalized, begin, limit);
    std::size_t last = whole > 0 ? first_beyond(units, first, whole) : first;
    const bool cut = last == first;
    if (cut) last = std::max(first_beyond(units, first, limit), first + 1);
    windows->push_back({first, last});
    if (last == units.size()) break;
    const std::size_t overlap = first_beyond(units, first, units[last].range.begin - size / 4);
    first = cut ? std::max(first + 1, std::min(overlap, last)) : last;
  }
}

}  // namespace dss::scoring
