// The n-grams of one normalised text as buckets, and the units that they came from.
#pragma once

#include <cstdint>
#include <vector>

#include "models/linear.h"
#include "text/normalize.h"
#include "tokenizer/ngrams.h"

namespace dss::scoring {

struct Unit {
  tokenizer::ByteRange range;  ///< in the normalised text
  std::uint32_t end = 0;       ///< one past its last n-gram
};

/// Every n-gram in the order met. Holds memory from text to text.
struct Tokens {
  std::vector<std::uint32_t> buckets;
  std::vector<Unit> units;

  void read(const text::Normalized& normalized, const models::LinearModel& model,
            tokenizer::NgramWalker* walker);
  /// N-grams before unit `unit`.
  [[nodiscard]] std::uint32_t begin_of(std::size_t unit) const {
    return unit == 0 ? 0 : units[unit - 1].end;
  }
};

}  // namespace dss::scoring
