#include "models/encoder/embedding_table.h"

#include <algorithm>
#include <cmath>

namespace dss::models {
namespace {

// Kernels read whole panels: rows of another width are copied with zeros behind them.
bool fits(const MatrixView& view) { return view.columns() % kernels::kPanel == 0; }

}  // namespace

EmbeddingTable::EmbeddingTable(const MatrixView& view, kernels::Precision precision)
    : view_(view), stride_(kernels::round_up(view.columns(), kernels::kPanel)) {
  if (view.is_int8() && fits(view)) return;
  if (precision == kernels::Precision::kInt8) {
    quantise();
    return;
  }
  floats_ = base::HugeArray<float>(view.rows() * stride_);
  for (std::size_t row = 0; row < view.rows(); ++row) {
    view.read_row(row, {floats_.data() + row * stride_, view.columns()});
  }
}

void EmbeddingTable::quantise() {
  values_ = base::HugeArray<std::int8_t>(view_.rows() * stride_);
  scale_.resize(view_.rows());
  std::vector<float> row(view_.columns());
  for (std::size_t i = 0; i < view_.rows(); ++i) {
    view_.read_row(i, row);
    float largest = 0;
    for (const float value : row) largest = std::max(largest, std::abs(value));
    scale_[i] = (largest > 0 ? largest : 1.0F) / kernels::kLargestInt8;
    std::transform(row.begin(), row.end(), values_.data() + i * stride_, [&](float value) {
      return static_cast<std::int8_t>(std::nearbyint(value / scale_[i]));
    });
  }
}

}  // namespace dss::models
