// The weights of a linear layer in the layout that the matrix kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/huge_array.h"

namespace dss::kernels {

/// What weights and activations are multiplied in.
enum class Precision : std::uint8_t {
  kInt8,  ///< exact sums of 8-bit products; a scale per output of the weights, per row of
          ///< activations
  kBf16,  ///< products of bfloat16, sums in 32-bit floats
  kFp32,
};

/// Outputs that are computed together.
inline constexpr std::size_t kPanel = 16;

/// Activations are stored as value + kOffset, because the fast instructions multiply unsigned by
/// signed bytes.
inline constexpr std::int32_t kOffset = 128;
/// Largest absolute 8-bit value, of weights and of activations.
inline constexpr float kLargestInt8 = 127.0F;

/// Groups of four inputs whose products the AVX2 kernel adds in 16 bits before it widens them to
/// 32: three multiplications for 64 products instead of four. The weights must be such that the sum
/// fits: see PackedMatrix.
inline constexpr std::size_t kNarrowGroups = 2;
/// Of weights of one sign that meet in such a sum: activations reach 255 and 128 · 255 < 2^15.
inline constexpr std::int32_t kNarrowLimit = 128;

/// Inputs and row lengths of activations are rounded up to this.
inline constexpr std::size_t kInputUnit = 64;

[[nodiscard]] constexpr std::size_t round_up(std::size_t value, std::size_t unit) {
  return (value + unit - 1) / unit * unit;
}

/// W [outputs, inputs] in panels of 16 outputs; within one, groups of inputs that one instruction
/// multiplies (4 of int8, 2 of bf16, 1 of fp32) lie side by side for each output:
/// [outputs / 16][inputs / group][16][group]. Outputs that were not set give 0. Immutable once
/// filled; then thread-safe.
///
/// With `narrow`, weights of int8 are made for kernels that add in 16 bits: each 16-bit lane sums
/// two inputs of each of kNarrowGroups groups, so an output whose weights of one sign pass
/// kNarrowLimit in any lane gets a larger scale, as much as it needs. Nothing ever saturates.
class PackedMatrix {
 public:
  PackedMatrix() = default;
  /// All zeros, in memory of its own. Throws std::bad_alloc.
  PackedMatrix(Precision precision, std::size_t inputs, std::size_t outputs, bool narrow = false);
  /// In zeroed memory that outlives it, bytes_for() bytes, aligned to 64. A model's matrices lie
  /// end to end in one array, so that huge pages pay.
  PackedMatrix(Precision precision, std::size_t inputs, std::size_t outputs, bool narrow,
               std::byte* memory);
  [[nodiscard]] static std::size_t bytes_for(Precision precision, std::size_t inputs,
                                             std::size_t outputs);

  /// Weights of one output, `inputs` of them, rounded to the matrix's precision.
  void set_output(std::size_t output, std::span<const float> weights, float bias);
  /// Weights that are scale · values; for other precisions than kInt8 they are multiplied out.
  void set_output(std::size_t output, std::span<const std::int8_t> values, float scale, float bias);

  [[nodiscard]] Precision precision() const { return precision_; }
  [[nodiscard]] bool narrow() const { return narrow_; }
  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  /// Inputs with the zeros behind them: of these every kernel reads that many of a row.
  [[nodiscard]] std::size_t padded_inputs() const { return round_up(inputs_, kInputUnit); }
  [[nodiscard]] std::size_t panels() const { return bias_.size() / kPanel; }

  /// First byte of a panel.
  [[nodiscard]] const std::byte* panel(std::size_t number) const {
    return data_ + number * panel_bytes_;
  }
  [[nodiscard]] std::size_t panel_bytes() const { return panel_bytes_; }
  /// Of each output; int8 only.
  [[nodiscard]] const float* scale() const { return scale_.data(); }
  [[nodiscard]] const float* bias() const { return bias_.data(); }
  /// −kOffset · Σ weights of each output, where a sum starts; int8 only.
  [[nodiscard]] const std::int32_t* correction() const { return correction_.data(); }

 private:
  template <typename Element>
  void scatter(std::size_t output, std::size_t group, std::span<const Element> values);

  Precision precision_ = Precision::kFp32;
  bool narrow_ = false;
  std::size_t inputs_ = 0;
  std::size_t panel_bytes_ = 0;
  base::HugeArray<std::byte> own_;
  std::byte* data_ = nullptr;
  std::vector<float> scale_;
  std::vector<float> bias_;
  std::vector<std::int32_t> correction_;
};

/// Operations of a product of `rows` rows with `panels` panels, 2 for each multiplication: what the
/// shape asks for, without padding of rows.
[[nodiscard]] inline std::uint64_t operations(const PackedMatrix& matrix, std::size_t rows,
                                              std::size_t panels) {
  return std::uint64_t{2} * rows * matrix.inputs() * panels * kPanel;
}

}  // namespace dss::kernels
