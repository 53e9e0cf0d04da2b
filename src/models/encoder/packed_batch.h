// Several texts as one sequence of token ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dss::models {

/// Texts laid end to end without padding; each has its own positions and attends to itself alone.
struct PackedBatch {
  std::vector<std::uint32_t> ids;
  std::vector<std::uint32_t> begin = {0};  ///< of each text in `ids`, and the end of the last

  void clear() {
    ids.clear();
    begin.assign(1, 0);
  }
  /// Ids of one text with [CLS] and [SEP].
  void add(std::span<const std::uint32_t> text) {
    ids.insert(ids.end(), text.begin(), text.end());
    begin.push_back(static_cast<std::uint32_t>(ids.size()));
  }
  [[nodiscard]] std::size_t texts() const { return begin.size() - 1; }
  [[nodiscard]] std::size_t tokens() const { return ids.size(); }
  [[nodiscard]] std::size_t length(std::size_t text) const { return begin[text + 1] - begin[text]; }
};

}  // namespace dss::models
