// Weighted sums over sparse rows of small integers: the inner loop of the linear model.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dss::kernels {

inline constexpr std::size_t kSparseColumns = 6;

/// One row: the weights of a feature, and what they are multiplied with.
struct SparseRow {
  std::array<std::int8_t, kSparseColumns> weight{};
  std::uint16_t factor = 0;
};
static_assert(sizeof(SparseRow) == 8, "loaded as one word");

struct SparseSums {
  std::array<float, kSparseColumns> dot{};  ///< Σ factor · weight
  float squares = 0;                        ///< Σ factor²
};

/// Sums over the rows `index`. The order of additions depends on the processor, so sums may differ
/// in the last bits between machines, never between runs. Thread-safe. REQUIRES: every index lies
/// in `rows`.
[[nodiscard]] SparseSums sparse_dot(std::span<const SparseRow> rows,
                                    std::span<const std::uint32_t> index);

/// The versions behind sparse_dot, for tests and benchmarks.
[[nodiscard]] SparseSums sparse_dot_portable(std::span<const SparseRow> rows,
                                             std::span<const std::uint32_t> index);
/// REQUIRES: AVX2 and FMA.
[[nodiscard]] SparseSums sparse_dot_avx2(std::span<const SparseRow> rows,
                                         std::span<const std::uint32_t> index);
[[nodiscard]] bool has_avx2();

}  // namespace dss::kernels
