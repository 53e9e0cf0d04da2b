// How a long text is cut into windows.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "tokenizer/ngrams.h"

namespace dss::scoring {

/// Units [first, last) of a text; all of them unless said otherwise.
struct Window {
  std::size_t first = 0;
  std::size_t last = std::numeric_limits<std::size_t>::max();
};

/// Cuts a text into windows of at most `size` bytes that begin and end with sentences: as many
/// whole sentences as fit. A longer sentence is cut between words, and the next window begins a
/// quarter of `size` before the cut. Together they hold every unit; a unit longer than `size` has a
/// window of its own. REQUIRES: size > 0.
void cut_windows(std::string_view normalized, const std::vector<tokenizer::Unit>& units,
                 std::size_t size, std::vector<Window>* windows);

}  // namespace dss::scoring
