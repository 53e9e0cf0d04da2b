// Word embeddings: by far the largest table of a small encoder, of which a text reads few rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/huge_array.h"
#include "kernels/packed_matrix.h"
#include "models/encoder/matrix_view.h"

namespace dss::models {

/// Rows of 8-bit values with a scale each, or of fp32. Thread-safe once made.
class EmbeddingTable {
 public:
  EmbeddingTable() = default;
  /// A copy of what the file holds as 8 bits. Other types are quantised for Precision::kInt8,
  /// otherwise kept in fp32.
  EmbeddingTable(const MatrixView& view, kernels::Precision precision);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// Whether values() and scale() or floats() hold the rows.
  [[nodiscard]] bool is_int8() const { return floats_.size() == 0; }
  [[nodiscard]] const std::int8_t* values(std::size_t row) const {
    return values_.data() + row * stride_;
  }
  [[nodiscard]] float scale(std::size_t row) const { return scale_[row]; }
  [[nodiscard]] const float* floats(std::size_t row) const {
    return floats_.data() + row * stride_;
  }
  [[nodiscard]] std::size_t memory_bytes() const {
    return values_.size() + floats_.size() * sizeof(float);
  }

 private:
  void copy(const MatrixView& view);
  void quantise(const MatrixView& view);

  std::size_t rows_ = 0;
  std::size_t stride_ = 0;
  base::HugeArray<std::int8_t> values_;
  std::vector<float> scale_;
  base::HugeArray<float> floats_;
};

}  // namespace dss::models
