// Attention of one text in 16-bit integers, summed in 32 bits by vpdpwssd: as fast as bf16 where a
// processor is fast at bf16, and far more precise. Included by the AVX-512 file alone.
//
// Queries of a block, keys and values of a head are scaled by their largest number, so that no sum
// can overflow: the bounds below. A block's 16 queries lie in the lanes of a register, so that
// softmax works on 16 rows at once.
#pragma once

#include <immintrin.h>

#include "kernels/encoder_kernels.inl"
#include "kernels/transpose_avx512.h"
#include "kernels/vector_avx512.h"

namespace dss::kernels {
namespace {

constexpr std::size_t kLanes = 16;     // queries of a block
constexpr std::size_t kWordUnit = 32;  // head widths are a multiple
constexpr std::size_t kKeyUnit = 8;    // keys are worked on in blocks of 16 or 8

// Largest absolute values: a score sums head-width products of two numbers of at most √(2³⁰ /
// width), so that differences of scores fit too; an output sums weights of at most kWeights
// together with values of at most kValue.
constexpr float kScore = 1073741824.0F;
constexpr float kValue = 8191.0F;
constexpr float kWeights = 262143.0F;
constexpr float kWeight = 32767.0F;
static_assert(double{kValue} * kWeights < 2147483648.0);

struct WordScratch {
  WordScratch(std::byte* memory, std::size_t length, std::size_t head_width)
      : width(head_width),
        keys(reinterpret_cast<std::int16_t*>(memory)),
        values(reinterpret_cast<std::int32_t*>(keys + round_up(length, kWordUnit) * width)),
        rows(reinterpret_cast<float*>(values + round_up(length, kWordUnit) / 2 * width)),
        queries(reinterpret_cast<std::int32_t*>(rows + round_up(length, kWordUnit) * width)),
        query_rows(reinterpret_cast<std::int16_t*>(queries + kLanes * width / 2)),
        scores(queries + kLanes * width),
        weights(scores + kLanes * round_up(length, kWordUnit)) {}

  std::size_t width;
  std::int16_t* keys;        ///< [length up to kKeyUnit, width]
  std::int32_t* values;      ///< pairs of keys: [length / 2, width]
  float* rows;               ///< [length or 16, width]
  std::int32_t* queries;     ///< pairs of columns: [width / 2, 16]
  std::int16_t* query_rows;  ///< [16, width]
  std::int32_t* scores;      ///< [length up to kKeyUnit, 16]; then their powers in fp32
  std::int32_t* weights;     ///< pairs of keys: [length / 2, 16]
};

/// `count` rows of a head to out [count, width]; answers the largest absolute number.
template <Precision kPrecision>
float read_rows(const Sums& sums, std::size_t first_row, std::size_t count, std::size_t column,
                std::size_t width, float* out) {
  using V = Avx512Vector;
  __m512 largest = _mm512_setzero_ps();
  for (std::size_t i = 0; i < width; i += kLanes) {
    const __m512 bias = V::load(sums.bias + column + i);
    if constexpr (kPrecision == Precision::kInt8) {
      const __m512 scale = V::load(sums.column_scale + column + i);
      const auto* from = static_cast<const std::int32_t*>(sums.data) + column + i;
      for (std::size_t row = 0; row < count; ++row) {
        const __m512 factor = V::mul(scale, V::set(sums.row_scale[first_row + row]));
        const __m512 value = V::fma(V::load(from + (first_row + row) * sums.stride), factor, bias);
        V::store(out + row * width + i, value);
        largest = V::max_abs(largest, value);
      }
    } else {
      const auto* from = static_cast<const float*>(sums.data) + column + i;
      for (std::size_t row = 0; row < count; ++row) {
        const __m512 value = V::add(V::load(from + (first_row + row) * sums.stride), bias);
        V::store(out + row * width + i, value);
        largest = V::max_abs(largest, value);
      }
    }
  }
  return V::largest(largest);
}

/// Numbers · factor as words. They lie in another order within each kWordUnit, the same for all
/// rows.
inline void store_words(const float* values, std::size_t width, __m512 factor, std::int16_t* out) {
  for (std::size_t i = 0; i < width; i += kWordUnit) {
    const __m512i low = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(values + i), factor));
    const __m512i high =
        _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(values + i + kLanes), factor));
    _mm512_storeu_si512(out + i, _mm512_packs_epi32(low, high));
  }
}

/// The lower halves of two registers of 32 bits side by side.
inline __m512i pair_words(__m512i first, __m512i second) {
  return _mm512_mask_blend_epi16(0xAAAAAAAAU, first, _mm512_slli_epi32(second, 16));
}

inline float bound_of(std::size_t width) {
  // Rounding cannot lift a number above the bound, which is a whole number.
  return __builtin_floorf(__builtin_sqrtf(kScore / static_cast<float>(width)));
}

inline float inverse_of(float bound, float largest) { return largest > 0 ? bound / largest : 0.0F; }

/// Answers what a word of the keys is worth.
template <Precision kPrecision>
float lay_key_words(const AttentionTask& task, std::size_t first, const WordScratch& scratch) {
  const std::size_t width = scratch.width;
  const float bound = bound_of(width);
  const float largest = read_rows<kPrecision>(task.key, 0, task.length, first, width, scratch.rows);
  const __m512 factor = _mm512_set1_ps(inverse_of(bound, largest));
  for (std::size_t row = 0; row < task.length; ++row) {
    store_words(scratch.rows + row * width, width, factor, scratch.keys + row * width);
  }
  for (std::size_t row = task.length; row < round_up(task.length, kKeyUnit); ++row) {
    __builtin_memset(scratch.keys + row * width, 0, width * sizeof(std::int16_t));
  }
  return largest / bound;
}

template <Precision kPrecision>
float lay_value_words(const AttentionTask& task, std::size_t first, const WordScratch& scratch) {
  const std::size_t width = scratch.width;
  const float largest =
      read_rows<kPrecision>(task.value, 0, task.length, first, width, scratch.rows);
  if (task.length % 2 != 0) {
    __builtin_memset(scratch.rows + task.length * width, 0, width * sizeof(float));
  }
  const __m512 factor = _mm512_set1_ps(inverse_of(kValue, largest));
  std::int32_t* out = scratch.values;
  for (std::size_t row = 0; row < task.length; row += 2) {
    const float* even = scratch.rows + row * width;
    for (std::size_t i = 0; i < width; i += kLanes, out += kLanes) {
      const __m512 odd = _mm512_loadu_ps(even + width + i);
      _mm512_storeu_si512(
          out, pair_words(_mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(even + i), factor)),
                          _mm512_cvtps_epi32(_mm512_mul_ps(odd, factor))));
    }
  }
  return largest / kValue;
}

/// `count` queries into the lanes; answers what a word of them is worth.
template <Precision kPrecision>
float lay_query_words(const AttentionTask& task, std::size_t first, std::size_t query,
                      std::size_t count, const WordScratch& scratch) {
  const std::size_t width = scratch.width;
  const float bound = bound_of(width);
  const float largest = read_rows<kPrecision>(task.query, query, count, first, width, scratch.rows);
  const __m512 factor = _mm512_set1_ps(inverse_of(bound, largest));
  std::int16_t* words = scratch.query_rows;
  for (std::size_t row = 0; row < count; ++row) {
    store_words(scratch.rows + row * width, width, factor, words + row * width);
  }
  __builtin_memset(words + count * width, 0, (kLanes - count) * width * sizeof(std::int16_t));
  for (std::size_t i = 0; i < width; i += kWordUnit) {
    transpose_16(words + i, width * sizeof(std::int16_t), scratch.queries + i / 2 * kLanes);
  }
  return largest / bound;
}

inline __m512i broadcast(const void* pair) {
  return _mm512_set1_epi32(*static_cast<const std::int32_t*>(pair));
}

/// scores [kKeys, 16] = keys · queriesᵀ. A width that the compiler knows keeps the keys' addresses
/// out of registers.
template <std::size_t kWidth, int kKeys>
void multiply_key_words(const WordScratch& scratch, std::size_t key) {
  const std::int16_t* keys = scratch.keys + key * kWidth;
  __m512i sums[kKeys];
#pragma GCC unroll 16
  for (int k = 0; k < kKeys; ++k) sums[k] = _mm512_setzero_si512();
#pragma GCC unroll 2
  for (std::size_t pair = 0; pair < kWidth / 2; ++pair) {
    const __m512i queries = _mm512_loadu_si512(scratch.queries + pair * kLanes);
#pragma GCC unroll 16
    for (int k = 0; k < kKeys; ++k) {
      sums[k] = _mm512_dpwssd_epi32(sums[k], queries, broadcast(keys + k * kWidth + 2 * pair));
    }
  }
#pragma GCC unroll 16
  for (int k = 0; k < kKeys; ++k) {
    _mm512_storeu_si512(scratch.scores + (key + k) * kLanes, sums[k]);
  }
}

template <std::size_t kWidth>
void multiply_all_key_words(const WordScratch& scratch, std::size_t length) {
  std::size_t key = 0;
  for (; key + kLanes <= length; key += kLanes) multiply_key_words<kWidth, kLanes>(scratch, key);
  for (; key < length; key += kKeyUnit) multiply_key_words<kWidth, kKeyUnit>(scratch, key);
}

/// 2^x for x ≤ 0, relative error 3e-6 (minimax polynomial); from -126 down it stays 2^-126.
inline __m512 rough_exp2(__m512 x) {
  using V = Avx512Vector;
  const __m512 shift = V::set(12582912.0F);  // 1.5 · 2²³: the sum's last bits are the whole number
  const __m512 bounded = V::max(x, V::set(-126.0F));
  const __m512 shifted = V::add(bounded, shift);
  const __m512 part = V::sub(bounded, V::sub(shifted, shift));
  __m512 power = V::set(9.570100328e-3F);
  for (const float factor : {5.591786277e-2F, 2.402474489e-1F, 6.931218144e-1F, 9.999992614e-1F}) {
    power = V::fma(power, part, V::set(factor));
  }
  return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(power),
                                              _mm512_slli_epi32(_mm512_castps_si512(shifted), 23)));
}

/// weights = 2^(scores · worth − largest) as words, in each lane; answers 1 / Σ weights.
inline __m512 weigh_words(const WordScratch& scratch, std::size_t length, float worth) {
  __m512i top = _mm512_loadu_si512(scratch.scores);
  for (std::size_t key = 1; key < length; ++key) {
    top = _mm512_max_epi32(top, _mm512_loadu_si512(scratch.scores + key * kLanes));
  }
  const __m512 factor = _mm512_set1_ps(worth);
  __m512 total = _mm512_setzero_ps();
  for (std::size_t key = 0; key < length; ++key) {
    std::int32_t* at = scratch.scores + key * kLanes;
    const __m512i below = _mm512_sub_epi32(_mm512_loadu_si512(at), top);
    const __m512 power = rough_exp2(_mm512_mul_ps(_mm512_cvtepi32_ps(below), factor));
    total = _mm512_add_ps(total, power);
    _mm512_storeu_ps(at, power);
  }
  // Rounding adds half a unit to a weight at most.
  const float most = kWeights - static_cast<float>(length);
  const __m512 scale =
      _mm512_min_ps(_mm512_set1_ps(kWeight), _mm512_div_ps(_mm512_set1_ps(most), total));
  if (length % 2 != 0) {
    _mm512_storeu_si512(scratch.scores + length * kLanes, _mm512_setzero_si512());
  }
  __m512i sum = _mm512_setzero_si512();
  for (std::size_t key = 0; key < length; key += 2) {
    const std::int32_t* at = scratch.scores + key * kLanes;
    const __m512i even = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(at), scale));
    const __m512i odd = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(at + kLanes), scale));
    sum = _mm512_add_epi32(sum, _mm512_add_epi32(even, odd));
    _mm512_storeu_si512(scratch.weights + key / 2 * kLanes, pair_words(even, odd));
  }
  return _mm512_div_ps(_mm512_set1_ps(1.0F), _mm512_cvtepi32_ps(sum));
}

/// out[q] = factors[q] · Σ_k weights[k, q] · value k for 16 columns and `count` ≤ kQueries queries.
template <int kQueries>
void mix_value_words(const WordScratch& scratch, std::size_t length, std::size_t column,
                     const float* factors, std::size_t count, float* out, std::size_t out_stride) {
  __m512i sums[kQueries];
#pragma GCC unroll 16
  for (int q = 0; q < kQueries; ++q) sums[q] = _mm512_setzero_si512();
  for (std::size_t pair = 0; pair < (length + 1) / 2; ++pair) {
    const __m512i values = _mm512_loadu_si512(scratch.values + pair * scratch.width + column);
#pragma GCC unroll 16
    for (int q = 0; q < kQueries; ++q) {
      sums[q] =
          _mm512_dpwssd_epi32(sums[q], values, broadcast(scratch.weights + pair * kLanes + q));
    }
  }
#pragma GCC unroll 16
  for (int q = 0; q < kQueries; ++q) {
    if (static_cast<std::size_t>(q) >= count) return;
    _mm512_storeu_ps(out + q * out_stride + column,
                     _mm512_mul_ps(_mm512_cvtepi32_ps(sums[q]), _mm512_set1_ps(factors[q])));
  }
}

template <std::size_t kWidth, Precision kPrecision>
void attend_in_words_of(const AttentionTask& task) {
  const WordScratch scratch(task.scratch, task.length, task.head_width);
  const float base = kLog2E / __builtin_sqrtf(static_cast<float>(task.head_width));
  for (std::size_t head = 0; head < task.heads; ++head) {
    const std::size_t first = head * task.head_width;
    const float key_worth = lay_key_words<kPrecision>(task, first, scratch) * base;
    const float value_worth = lay_value_words<kPrecision>(task, first, scratch);
    for (std::size_t query = 0; query < task.queries; query += kLanes) {
      const std::size_t left = task.queries - query;
      const std::size_t count = left < kLanes ? left : kLanes;
      const float worth =
          lay_query_words<kPrecision>(task, first, query, count, scratch) * key_worth;
      multiply_all_key_words<kWidth>(scratch, task.length);
      alignas(64) float factors[kLanes];
      _mm512_store_ps(factors, _mm512_mul_ps(weigh_words(scratch, task.length, worth),
                                             _mm512_set1_ps(value_worth)));
      float* out = task.out + query * task.out_stride + first;
      for (std::size_t column = 0; column < task.head_width; column += kLanes) {
        if (count > 8) {
          mix_value_words<16>(scratch, task.length, column, factors, count, out, task.out_stride);
        } else {
          mix_value_words<8>(scratch, task.length, column, factors, count, out, task.out_stride);
        }
      }
    }
  }
}

/// Heads of other widths than these two, which nearly all models have, go through fp32.
template <Precision kPrecision>
void attend_in_words(const AttentionTask& task) {
  if (task.head_width == 32) return attend_in_words_of<32, kPrecision>(task);
  if (task.head_width == 64) return attend_in_words_of<64, kPrecision>(task);
  attend<Avx512Vector, kPrecision>(task);
}

}  // namespace
}  // namespace dss::kernels
