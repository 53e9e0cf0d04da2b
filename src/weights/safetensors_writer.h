// Writes tensors as a safetensors file.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::weights {

struct TensorOut {
  std::string name;
  std::string_view dtype;  ///< "I64", "I32", "I8", "F32"
  std::vector<std::size_t> shape;
  std::span<const std::byte> bytes;  ///< little-endian, row-major
};

/// Writes `tensors` in the order given, without gaps: put wide elements before narrow ones, so that
/// all stay aligned. Errors: kIo, naming the file and the cause.
[[nodiscard]] base::Status write_safetensors(const std::string& path,
                                             const std::map<std::string, std::string>& metadata,
                                             std::span<const TensorOut> tensors);

}  // namespace dss::weights
