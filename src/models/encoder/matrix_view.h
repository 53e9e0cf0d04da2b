// A matrix of a safetensors file, whatever its type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "kernels/packed_matrix.h"
#include "weights/safetensors.h"

namespace dss::models {

/// [rows, columns] of F32, F16 or BF16, or of I8 with `<name>_scale` F32 [rows]. Lives as long as
/// the file. Thread-safe.
class MatrixView {
 public:
  /// A tensor of one dimension counts as one row. Errors: kCorrupt, naming file and tensor.
  static base::Result<MatrixView> find(const weights::Safetensors& file, const std::string& name,
                                       std::size_t rows, std::size_t columns);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] bool is_int8() const { return dtype_ == weights::DType::kI8; }

  /// Multiplied out. REQUIRES: `to` has `columns` numbers.
  void read_row(std::size_t row, std::span<float> to) const;
  /// REQUIRES: is_int8().
  [[nodiscard]] std::span<const std::int8_t> int8_row(std::size_t row) const;
  [[nodiscard]] float scale(std::size_t row) const { return scale_[row]; }

 private:
  weights::DType dtype_ = weights::DType::kF32;
  std::span<const std::byte> bytes_;
  std::span<const float> scale_;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
};

}  // namespace dss::models
