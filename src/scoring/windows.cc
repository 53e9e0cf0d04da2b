#include "scoring/windows.h"

#include <algorithm>

#include "text/sentences.h"

namespace dss::scoring {
namespace {

// First unit at or behind `from` that ends behind byte `end`.
std::size_t first_beyond(const std::vector<tokenizer::Unit>& units, std::size_t from,
                         std::size_t end) {
  const auto found =
      std::partition_point(units.begin() + static_cast<std::ptrdiff_t>(from), units.end(),
                           [end](const tokenizer::Unit& unit) { return unit.range.end <= end; });
  return static_cast<std::size_t>(found - units.begin());
}

// End of the last whole sentence that fits before `limit`, or 0 if the first one does not.
// Reads little beyond `limit`, however far behind it the next sentence ends.
std::size_t last_sentence_end(std::string_view text, std::size_t begin, std::size_t limit) {
  constexpr std::size_t kLookAhead = 16;  // a closing quote or bracket belongs to the sentence
  text = text.substr(0, limit + kLookAhead);
  std::size_t best = 0;
  for (std::size_t end = text::sentence_end(text, begin); end <= limit;
       end = text::sentence_end(text, end)) {
    best = end;
    if (end == text.size()) break;
  }
  return best;
}

// Where the window behind a cut before unit `cut` begins: up to a quarter of `size` earlier, but so
// that it holds that unit.
std::size_t begin_behind_cut(const std::vector<tokenizer::Unit>& units, std::size_t cut,
                             std::size_t size) {
  const std::size_t overlap = size / 4;
  std::size_t first = cut;
  while (first > 0 && units[cut].range.begin - units[first - 1].range.begin <= overlap &&
         units[cut].range.end - units[first - 1].range.begin <= size) {
    --first;
  }
  return first;
}

}  // namespace

void cut_windows(std::string_view normalized, const std::vector<tokenizer::Unit>& units,
                 std::size_t size, std::vector<Window>* windows) {
  windows->clear();
  std::size_t first = 0;
  for (std::size_t unread = 0; unread < units.size();) {
    const std::size_t limit = std::min(units[first].range.begin + size, normalized.size());
    const std::size_t whole = last_sentence_end(normalized, units[unread].range.begin, limit);
    std::size_t last = whole > 0 ? first_beyond(units, unread, whole) : unread;
    const bool cut = last == unread;
    if (cut) last = std::max(first_beyond(units, unread, limit), unread + 1);
    windows->push_back({first, last});
    unread = last;
    first = cut && last < units.size() ? begin_behind_cut(units, last, size) : last;
  }
}

}  // namespace dss::scoring
