// Weighted sums over sparse rows of small integers: the inner loop of the linear model.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>

namespace dss::kernels {

inline constexpr std::size_t kSparseColumns = 6;

/// One row: the weights of a feature, and what its count is multiplied with.
struct SparseRow {
  std::array<std::int8_t, kSparseColumns> weight{};
  std::uint16_t factor = 0;
};
static_assert(sizeof(SparseRow) == 8, "loaded as one word");

/// f(count) for counts below 256, so that no logarithm is taken in the loop.
using CountTable = std::array<float, 256>;

struct SparseSums {
  std::array<float, kSparseColumns>
      dot{};          ///< Σ v · weight with v = table[min(count, 255)] · factor
  float squares = 0;  ///< Σ v²
};

/// Sums over the rows `index`, met `count` times each. The order of additions depends on the
/// processor, so sums may differ in the last bits between machines, never between runs.
/// Thread-safe. REQUIRES: index and count of one length; every index lies in `rows`.
[[nodiscard]] SparseSums sparse_dot(std::span<const SparseRow> rows,
                                    std::span<const std::uint32_t> index,
                                    std::span<const std::uint32_t> count, const CountTable& table);

/// The versions behind sparse_dot, for tests and benchmarks.
[[nodiscard]] SparseSums sparse_dot_portable(std::span<const SparseRow> rows,
                                             std::span<const std::uint32_t> index,
                                             std::span<const std::uint32_t> count,
                                             const CountTable& table);
/// REQUIRES: AVX2 and FMA.
[[nodiscard]] SparseSums sparse_dot_avx2(std::span<const SparseRow> rows,
                                         std::span<const std::uint32_t> index,
                                         std::span<const std::uint32_t> count,
                                         const CountTable& table);
[[nodiscard]] bool has_avx2();

}  // namespace dss::kernels
