#include "models/encoder/matrix_view.h"

#include <bit>
#include <cstring>
#include <vector>

#include "kernels/bfloat16.h"

namespace dss::models {
namespace {

// IEEE 754 binary16. Multiplying moves the exponent and makes subnormal numbers right too.
float from_half(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t{half & 0x8000U} << 16;
  const std::uint32_t rest = std::uint32_t{half & 0x7FFFU} << 13;
  constexpr float kMove = 0x1p112F;
  const bool special = (half & 0x7C00U) == 0x7C00U;
  const float value = std::bit_cast<float>(rest) * kMove;
  const std::uint32_t bits = special ? rest | 0x7F800000U : std::bit_cast<std::uint32_t>(value);
  return std::bit_cast<float>(bits | sign);
}

std::uint16_t word_at(const std::byte* bytes, std::size_t i) {
  std::uint16_t word = 0;
  std::memcpy(&word, bytes + i * sizeof(word), sizeof(word));
  return word;
}

}  // namespace

base::Result<MatrixView> MatrixView::find(const weights::Safetensors& file, const std::string& name,
                                          std::size_t rows, std::size_t columns) {
  const auto corrupt = [&](const std::string& cause) {
    return base::fail(base::ErrorKind::kCorrupt,
                      file.file().path() + ": tensor " + name + " " + cause);
  };
  const auto found = file.tensors().find(name);
  if (found == file.tensors().end()) return corrupt("is missing");
  const weights::Tensor& tensor = found->second;
  const std::vector<std::size_t> wanted =
      rows == 1 && tensor.shape.size() == 1 ? std::vector{columns} : std::vector{rows, columns};
  if (tensor.shape != wanted) {
    return corrupt("has not the shape that config.json asks for: " + std::to_string(rows) + " × " +
                   std::to_string(columns));
  }
  MatrixView view;
  view.dtype_ = tensor.dtype;
  view.bytes_ = tensor.bytes;
  view.rows_ = rows;
  view.columns_ = columns;
  switch (tensor.dtype) {
    case weights::DType::kF32:
    case weights::DType::kF16:
    case weights::DType::kBF16:
      return view;
    case weights::DType::kI8:
      break;
    default:
      return corrupt("must be F32, F16, BF16 or I8");
  }
  const std::size_t shape[] = {rows};
  const auto scale = file.values<float>(name + "_scale", shape);
  if (!scale) return base::fail(scale.error());
  view.scale_ = *scale;
  return view;
}

void MatrixView::read_row(std::size_t row, std::span<float> to) const {
  const std::byte* from = bytes_.data() + row * columns_ * weights::size_of(dtype_);
  for (std::size_t i = 0; i < columns_; ++i) {
    switch (dtype_) {
      case weights::DType::kF16:
        to[i] = from_half(word_at(from, i));
        break;
      case weights::DType::kBF16:
        to[i] = kernels::from_bfloat16(word_at(from, i));
        break;
      case weights::DType::kI8:
        to[i] = scale_[row] * static_cast<float>(std::to_integer<std::int8_t>(from[i]));
        break;
      default:
        std::memcpy(&to[i], from + i * sizeof(float), sizeof(float));
    }
  }
}

std::span<const std::int8_t> MatrixView::int8_row(std::size_t row) const {
  return {reinterpret_cast<const std::int8_t*>(bytes_.data()) + row * columns_, columns_};
}

}  // namespace dss::models
