// Weighted sums over sparse rows of small integers: the inner loop of the linear model.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dss::kernels {

inline constexpr std::size_t kSparseColumns = 6;

inline constexpr std::uint16_t kLargestFactor = 32767;

/// One row: the weights of a feature, and what they are multiplied with, at most kLargestFactor.
struct SparseRow {
  std::array<std::int8_t, kSparseColumns> weight{};
  std::uint16_t factor = 0;
};
static_assert(sizeof(SparseRow) == 8, "loaded as one word");

struct SparseSums {
  std::array<std::int64_t, kSparseColumns> dot{};  ///< Σ factor · weight
  std::uint64_t squares = 0;                       ///< Σ factor²
  bool operator==(const SparseSums&) const = default;
};

/// Sums over the rows `index`, exact on every processor. Thread-safe. REQUIRES: every index lies in
/// `rows`; at most 2^33 of them.
[[nodiscard]] SparseSums sparse_dot(std::span<const SparseRow> rows,
                                    std::span<const std::uint32_t> index);

/// The versions behind sparse_dot, for tests and benchmarks.
[[nodiscard]] SparseSums sparse_dot_portable(std::span<const SparseRow> rows,
                                             std::span<const std::uint32_t> index);
/// REQUIRES: AVX2.
[[nodiscard]] SparseSums sparse_dot_avx2(std::span<const SparseRow> rows,
                                         std::span<const std::uint32_t> index);

}  // namespace dss::kernels
