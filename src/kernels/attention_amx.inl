// Attention of one text on AMX tiles, in bf16. Included by the AMX file alone.
//
// A tile multiplies [16, 32] by [32, 16]. Queries and the weights of values are rows as they are;
// keys and values are laid in pairs: [16 pairs of inputs][16 outputs][2].
#pragma once

#include <immintrin.h>

#include "kernels/encoder_kernels.inl"
#include "kernels/transpose_avx512.h"
#include "kernels/vector_amx.h"

namespace dss::kernels {
namespace {

constexpr std::size_t kTile = 16;        // rows, and columns of 4 bytes
constexpr std::size_t kTileInputs = 32;  // of bf16
constexpr std::size_t kTileWords = kTile * kTileInputs;

struct TileScratch {
  TileScratch(std::byte* memory, std::size_t length, std::size_t head_width)
      : padded(round_up(length, kTileInputs)),
        width(head_width),
        keys(reinterpret_cast<std::uint16_t*>(memory)),
        values(keys + padded * width),
        queries(values + padded * width),
        weights(queries + kTile * width),
        scores(reinterpret_cast<float*>(weights + kTile * padded)),
        out(scores + kTile * padded) {}

  std::size_t padded;
  std::size_t width;
  std::uint16_t* keys;     ///< tiles [padded / 16, width / 32]
  std::uint16_t* values;   ///< tiles [padded / 32, width / 16]
  std::uint16_t* queries;  ///< [16, width]
  std::uint16_t* weights;  ///< [16, padded], not yet divided by their sum
  float* scores;           ///< [16, padded]
  float* out;              ///< [16, width]
};

/// Two rows of 32 numbers to two tile rows of pairs: columns 0-15 to `low`, 16-31 to `high`.
inline void pair_rows(__m512i even, __m512i odd, std::uint16_t* low, std::uint16_t* high) {
  alignas(64) static constexpr std::uint16_t kLow[kTileInputs] = {
      0, 32, 1, 33, 2,  34, 3,  35, 4,  36, 5,  37, 6,  38, 7,  39,
      8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47};
  const __m512i first = _mm512_load_si512(kLow);
  const __m512i second = _mm512_add_epi16(first, _mm512_set1_epi16(16));
  _mm512_storeu_si512(low, _mm512_permutex2var_epi16(even, first, odd));
  _mm512_storeu_si512(high, _mm512_permutex2var_epi16(even, second, odd));
}

template <Precision kPrecision>
__m512i read_32(const Sums& sums, std::size_t row, std::size_t column, float factor) {
  const SumsRow<AmxVector, kPrecision> from(sums, row);
  const __m512 times = _mm512_set1_ps(factor);
  return (__m512i)_mm512_cvtne2ps_pbh(_mm512_mul_ps(from.at(column + 16), times),
                                      _mm512_mul_ps(from.at(column), times));
}

/// `task.length` rows of keys, zeros behind them.
template <Precision kPrecision>
void lay_keys(const AttentionTask& task, std::size_t first, const TileScratch& scratch) {
  alignas(64) std::uint16_t rows[kTileWords];
  std::uint16_t* to = scratch.keys;
  for (std::size_t key = 0; key < task.length; key += kTile) {
    for (std::size_t column = 0; column < scratch.width; column += kTileInputs) {
      for (std::size_t r = 0; r < kTile; ++r) {
        const std::size_t row = key + r < task.length ? key + r : task.length - 1;
        _mm512_store_si512(rows + r * kTileInputs,
                           read_32<kPrecision>(task.key, row, first + column, 1));
      }
      transpose_16(rows, kTileInputs * sizeof(std::uint16_t), to);
      to += kTileWords;
    }
  }
}

template <Precision kPrecision>
void lay_values(const AttentionTask& task, std::size_t first, const TileScratch& scratch) {
  std::uint16_t* to = scratch.values;
  for (std::size_t key = 0; key < scratch.padded; key += kTileInputs) {
    for (std::size_t column = 0; column < scratch.width; column += kTileInputs) {
      for (std::size_t r = 0; r < kTile; ++r) {
        const std::size_t row = key + 2 * r;
        const __m512i nothing = _mm512_setzero_si512();
        const bool even = row < task.length;
        const bool odd = row + 1 < task.length;
        pair_rows(even ? read_32<kPrecision>(task.value, row, first + column, 1) : nothing,
                  odd ? read_32<kPrecision>(task.value, row + 1, first + column, 1) : nothing,
                  to + r * kTileInputs, to + kTileWords + r * kTileInputs);
      }
      to += 2 * kTileWords;
    }
  }
}

/// scores [16, ≥ length] = queries · keysᵀ.
inline void multiply_tiles_of_keys(const TileScratch& scratch, std::size_t length) {
  const std::uint16_t* keys = scratch.keys;
  for (std::size_t key = 0; key < length; key += kTile) {
    _tile_zero(0);
    for (std::size_t column = 0; column < scratch.width; column += kTileInputs) {
      _tile_loadd(4, scratch.queries + column, scratch.width * sizeof(std::uint16_t));
      _tile_loadd(6, keys, 64);
      _tile_dpbf16ps(0, 4, 6);
      keys += kTileWords;
    }
    _tile_stored(0, scratch.scores + key, scratch.padded * sizeof(float));
  }
}

/// weights = 2^(score − largest), 0 behind `length`; answers 1 / Σ weights.
inline float weigh(const float* scores, std::size_t length, std::size_t padded,
                   std::uint16_t* weights) {
  const std::size_t last = (length - 1) / kTile * kTile;
  const auto mask = static_cast<__mmask16>(0xFFFFU >> (kTile - (length - last)));
  __m512 largest = _mm512_mask_loadu_ps(_mm512_set1_ps(-3e38F), mask, scores + last);
  for (std::size_t i = 0; i < last; i += kTile) {
    largest = _mm512_max_ps(largest, _mm512_loadu_ps(scores + i));
  }
  const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(largest));
  const __m512 floor = _mm512_set1_ps(-126.0F);
  __m512 sum = _mm512_setzero_ps();
  for (std::size_t i = 0; i <= last; i += kTile) {
    const __m512 apart = _mm512_sub_ps(_mm512_loadu_ps(scores + i), top);
    const auto valid = i == last ? mask : static_cast<__mmask16>(0xFFFF);
    const __m512 weight = _mm512_maskz_mov_ps(valid, exp2<AmxVector>(_mm512_max_ps(apart, floor)));
    sum = _mm512_add_ps(sum, weight);
    AmxVector::store_bf16(weights + i, weight);
  }
  if (last + kTile < padded) {
    AmxVector::store_bf16(weights + last + kTile, _mm512_setzero_ps());
  }
  return 1.0F / _mm512_reduce_add_ps(sum);
}

/// out [16, width] = weights · values.
inline void multiply_tiles_of_values(const TileScratch& scratch) {
  const std::size_t step = scratch.width / kTile * kTileWords;
  for (std::size_t column = 0; column < scratch.width; column += kTileInputs) {
    const std::uint16_t* values = scratch.values + column / kTile * kTileWords;
    _tile_zero(0);
    _tile_zero(1);
    for (std::size_t key = 0; key < scratch.padded; key += kTileInputs) {
      _tile_loadd(4, scratch.weights + key, scratch.padded * sizeof(std::uint16_t));
      _tile_loadd(6, values, 64);
      _tile_dpbf16ps(0, 4, 6);
      _tile_loadd(7, values + kTileWords, 64);
      _tile_dpbf16ps(1, 4, 7);
      values += step;
    }
    _tile_stored(0, scratch.out + column, scratch.width * sizeof(float));
    _tile_stored(1, scratch.out + column + kTile, scratch.width * sizeof(float));
  }
}

template <Precision kPrecision>
void attend_queries(const AttentionTask& task, std::size_t first, std::size_t query,
                    const TileScratch& scratch) {
  const float factor = kLog2E / __builtin_sqrtf(static_cast<float>(task.head_width));
  const std::size_t left = task.queries - query;
  const std::size_t count = left < kTile ? left : kTile;
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t column = 0; column < scratch.width; column += kTileInputs) {
      _mm512_storeu_si512(scratch.queries + r * scratch.width + column,
                          read_32<kPrecision>(task.query, query + r, first + column, factor));
    }
  }
  multiply_tiles_of_keys(scratch, task.length);
  float inverse[kTile];
  for (std::size_t r = 0; r < count; ++r) {
    inverse[r] = weigh(scratch.scores + r * scratch.padded, task.length, scratch.padded,
                       scratch.weights + r * scratch.padded);
  }
  multiply_tiles_of_values(scratch);
  for (std::size_t r = 0; r < count; ++r) {
    float* out = task.out + (query + r) * task.out_stride + first;
    for (std::size_t i = 0; i < scratch.width; i += kTile) {
      const __m512 mixed = _mm512_loadu_ps(scratch.out + r * scratch.width + i);
      _mm512_storeu_ps(out + i, _mm512_mul_ps(mixed, _mm512_set1_ps(inverse[r])));
    }
  }
}

template <Precision kPrecision>
void attend_on_tiles(const AttentionTask& task) {
  if (task.head_width % kTileInputs != 0) return attend<AmxVector, kPrecision>(task);
  const TileScratch scratch(task.scratch, task.length, task.head_width);
  for (std::size_t head = 0; head < task.heads; ++head) {
    const std::size_t first = head * task.head_width;
    lay_keys<kPrecision>(task, first, scratch);
    lay_values<kPrecision>(task, first, scratch);
    for (std::size_t query = 0; query < task.queries; query += kTile) {
      attend_queries<kPrecision>(task, first, query, scratch);
    }
  }
}

}  // namespace
}  // namespace dss::kernels
