// Reads safetensors files (https://github.com/huggingface/safetensors, format of 2023).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "weights/file_bytes.h"

namespace dss::weights {

enum class DType : std::uint8_t { kI8, kU8, kF16, kBF16, kI16, kI32, kF32, kI64, kF64 };

/// Bytes per element.
[[nodiscard]] std::size_t size_of(DType dtype);
/// As the file spells it: "I8", "F32".
[[nodiscard]] std::string_view name_of(DType dtype);

/// The C++ type of a DType.
template <typename T>
inline constexpr bool kHasDType = false;
template <>
inline constexpr bool kHasDType<std::int8_t> = true;
template <>
inline constexpr bool kHasDType<std::int32_t> = true;
template <>
inline constexpr bool kHasDType<std::int64_t> = true;
template <>
inline constexpr bool kHasDType<float> = true;
template <typename T>
inline constexpr DType kDType = DType::kI8;
template <>
inline constexpr DType kDType<std::int32_t> = DType::kI32;
template <>
inline constexpr DType kDType<std::int64_t> = DType::kI64;
template <>
inline constexpr DType kDType<float> = DType::kF32;

struct Tensor {
  DType dtype = DType::kI8;
  std::vector<std::size_t> shape;    ///< row-major
  std::span<const std::byte> bytes;  ///< little-endian, aligned for the type
};

/// An open file, wholly checked: the header is JSON, every tensor's bytes equal its shape times its
/// type, lie inside the file, aligned, and the tensors fill the file without gap or overlap.
/// Reading is thread-safe; tensors live as long as this object.
class Safetensors {
 public:
  /// Errors: kIo (cannot be read), kCorrupt (breaks a rule above); the message names file and
  /// cause.
  static base::Result<Safetensors> open(const std::string& path);

  /// Values of tensor `name`. Errors: kCorrupt when it is missing or has another type or shape.
  template <typename T>
  [[nodiscard]] base::Result<std::span<const T>> values(std::string_view name,
                                                        std::span<const std::size_t> shape) const {
    static_assert(kHasDType<T>);
    const auto tensor = find(name, kDType<T>, shape);
    if (!tensor) return base::fail(tensor.error());
    return std::span<const T>(reinterpret_cast<const T*>((*tensor)->bytes.data()),
                              (*tensor)->bytes.size() / sizeof(T));
  }

  [[nodiscard]] const std::map<std::string, Tensor, std::less<>>& tensors() const {
    return tensors_;
  }
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& metadata() const {
    return metadata_;
  }
  [[nodiscard]] const FileBytes& file() const { return file_; }

 private:
  explicit Safetensors(FileBytes file) : file_(std::move(file)) {}
  base::Status read_header();
  [[nodiscard]] base::Status check_layout(std::size_t data_begin) const;
  [[nodiscard]] base::Result<const Tensor*> find(std::string_view name, DType dtype,
                                                 std::span<const std::size_t> shape) const;
  [[nodiscard]] tl::unexpected<base::Error> corrupt(std::string_view cause) const;

  FileBytes file_;
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::map<std::string, std::string, std::less<>> metadata_;
};

}  // namespace dss::weights
