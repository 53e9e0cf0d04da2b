#include "models/encoder/embedding_table.h"

#include <algorithm>
#include <cmath>

namespace dss::models {
EmbeddingTable::EmbeddingTable(const MatrixView& view, kernels::Precision precision)
    : rows_(view.rows()), stride_(kernels::round_up(view.columns(), kernels::kPanel)) {
  // Kernels read whole panels: rows of another width have zeros behind them.
  if (view.is_int8() && view.columns() == stride_) {
    copy(view);
    return;
  }
  if (precision == kernels::Precision::kInt8) {
    quantise(view);
    return;
  }
  floats_ = base::HugeArray<float>(rows_ * stride_);
  for (std::size_t row = 0; row < rows_; ++row) {
    view.read_row(row, {floats_.data() + row * stride_, view.columns()});
  }
}

void EmbeddingTable::copy(const MatrixView& view) {
  values_ = base::HugeArray<std::int8_t>(rows_ * stride_);
  scale_.resize(rows_);
  for (std::size_t i = 0; i < rows_; ++i) {
    const auto row = view.int8_row(i);
    std::copy(row.begin(), row.end(), values_.data() + i * stride_);
    scale_[i] = view.scale(i);
  }
}

void EmbeddingTable::quantise(const MatrixView& view) {
  values_ = base::HugeArray<std::int8_t>(rows_ * stride_);
  scale_.resize(rows_);
  std::vector<float> row(view.columns());
  for (std::size_t i = 0; i < rows_; ++i) {
    view.read_row(i, row);
    float largest = 0;
    for (const float value : row) largest = std::max(largest, std::abs(value));
    scale_[i] = (largest > 0 ? largest : 1.0F) / kernels::kLargestInt8;
    std::transform(row.begin(), row.end(), values_.data() + i * stride_, [&](float value) {
      return static_cast<std::int8_t>(std::nearbyint(value / scale_[i]));
    });
  }
}

}  // namespace dss::models
