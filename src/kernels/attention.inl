// Attention of one text in fp32. Included by each instruction set's file.
#pragma once

#include "kernels/encoder_kernels.h"
#include "kernels/row_operations.inl"
#include "kernels/vector_math.inl"

namespace dss::kernels {
namespace {

constexpr float kLog2E = 1.44269504F;

/// Where one head's keys, values and a few queries lie in the scratch; head widths and lengths are
/// rounded up to kPanel, what lies beyond is zero.
struct HeadScratch {
  static constexpr std::size_t kQueries = 4;  ///< worked on together

  HeadScratch(std::byte* memory, std::size_t length, std::size_t head_width)
      : keys_stride(round_up(length, 2 * kPanel)),
        width(round_up(head_width, kPanel)),
        keys(reinterpret_cast<float*>(memory)),
        values(keys + width * keys_stride),
        queries(values + keys_stride * width),
        scores(queries + kQueries * width) {}

  static std::size_t bytes(std::size_t length, std::size_t head_width) {
    const std::size_t stride = round_up(length, 2 * kPanel);
    const std::size_t width = round_up(head_width, kPanel);
    return sizeof(float) * (2 * width * stride + kQueries * (width + stride));
  }

  std::size_t keys_stride;
  std::size_t width;
  float* keys;     ///< [width, keys_stride]
  float* values;   ///< [keys_stride, width]
  float* queries;  ///< [kQueries, width]
  float* scores;   ///< [kQueries, keys_stride]
};

/// Columns [first, first + count) of a row of sums as floats.
template <typename V, Precision kPrecision>
void read_head(const Sums& sums, std::size_t row, std::size_t first, std::size_t count, float factor,
               float* to) {
  const SumsRow<V, kPrecision> from(sums, row);
  const auto times = V::set(factor);
  for (std::size_t i = 0; i < count; i += V::kLanes) {
    V::store(to + i, V::mul(from.at(first + i), times));
  }
}

template <typename V, Precision kPrecision>
void read_keys(const AttentionTask& task, std::size_t head, const HeadScratch& scratch) {
  const std::size_t first = head * task.head_width;
  for (std::size_t row = 0; row < task.length; ++row) {
    read_head<V, kPrecision>(task.key, row, first, task.head_width, 1, scratch.queries);
    for (std::size_t i = 0; i < task.head_width; ++i) {
      scratch.keys[i * scratch.keys_stride + row] = scratch.queries[i];
    }
    read_head<V, kPrecision>(task.value, row, first, task.head_width, 1,
                             scratch.values + row * scratch.width);
  }
}

/// scores[q, k] = query q · key k.
template <typename V>
void multiply_keys(const HeadScratch& scratch, std::size_t head_width) {
  constexpr std::size_t kQueries = HeadScratch::kQueries;
  for (std::size_t key = 0; key < scratch.keys_stride; key += 2 * V::kLanes) {
    typename V::Float sums[kQueries][2];
    for (auto& pair : sums) pair[0] = pair[1] = V::set(0);
    for (std::size_t i = 0; i < head_width; ++i) {
      const float* keys = scratch.keys + i * scratch.keys_stride + key;
      const auto left = V::load(keys);
      const auto right = V::load(keys + V::kLanes);
#pragma GCC unroll 4
      for (std::size_t q = 0; q < kQueries; ++q) {
        const auto query = V::set(scratch.queries[q * scratch.width + i]);
        sums[q][0] = V::fma(query, left, sums[q][0]);
        sums[q][1] = V::fma(query, right, sums[q][1]);
      }
    }
    for (std::size_t q = 0; q < kQueries; ++q) {
      float* scores = scratch.scores + q * scratch.keys_stride + key;
      V::store(scores, sums[q][0]);
      V::store(scores + V::kLanes, sums[q][1]);
    }
  }
}

/// scores = 2^(score − largest), 0 behind `length`; answers 1 / Σ scores.
template <typename V>
float soft_maximum(float* scores, std::size_t length, std::size_t stride) {
  for (std::size_t i = length; i < stride; ++i) scores[i] = scores[0];
  auto largest = V::load(scores);
  for (std::size_t i = 0; i < stride; i += V::kLanes) largest = V::max(largest, V::load(scores + i));
  const auto top = V::set(V::largest(largest));
  for (std::size_t i = 0; i < stride; i += V::kLanes) {
    V::store(scores + i, exp2<V>(V::max(V::sub(V::load(scores + i), top), V::set(-126.0F))));
  }
  for (std::size_t i = length; i < stride; ++i) scores[i] = 0;
  auto sum = V::set(0);
  for (std::size_t i = 0; i < stride; i += V::kLanes) sum = V::add(sum, V::load(scores + i));
  return 1.0F / V::sum(sum);
}

/// out[q] = Σ_k scores[q, k] · value k, times `inverse[q]`; `count` queries are written.
template <typename V>
void mix_values(const AttentionTask& task, const HeadScratch& scratch, const float* inverse,
                std::size_t count, float* out) {
  constexpr std::size_t kQueries = HeadScratch::kQueries;
  for (std::size_t i = 0; i < task.head_width; i += V::kLanes) {
    typename V::Float sums[kQueries];
    for (auto& sum : sums) sum = V::set(0);
    for (std::size_t key = 0; key < task.length; ++key) {
      const auto value = V::load(scratch.values + key * scratch.width + i);
#pragma GCC unroll 4
      for (std::size_t q = 0; q < kQueries; ++q) {
        sums[q] = V::fma(V::set(scratch.scores[q * scratch.keys_stride + key]), value, sums[q]);
      }
    }
    for (std::size_t q = 0; q < count; ++q) {
      V::store(out + q * task.out_stride + i, V::mul(sums[q], V::set(inverse[q])));
    }
  }
}

template <typename V, Precision kPrecision>
void attend_with(const AttentionTask& task) {
  constexpr std::size_t kQueries = HeadScratch::kQueries;
  const HeadScratch scratch(task.scratch, task.length, task.head_width);
  const float factor = kLog2E / __builtin_sqrtf(static_cast<float>(task.head_width));
  for (std::size_t head = 0; head < task.heads; ++head) {
    const std::size_t first = head * task.head_width;
    read_keys<V, kPrecision>(task, head, scratch);
    for (std::size_t query = 0; query < task.queries; query += kQueries) {
      const std::size_t left = task.queries - query;
      const std::size_t count = left < kQueries ? left : kQueries;
      float inverse[kQueries];
      for (std::size_t q = 0; q < count; ++q) {
        read_head<V, kPrecision>(task.query, query + q, first, task.head_width, factor,
                                 scratch.queries + q * scratch.width);
      }
      multiply_keys<V>(scratch, task.head_width);
      for (std::size_t q = 0; q < count; ++q) {
        float* scores = scratch.scores + q * scratch.keys_stride;
        inverse[q] = soft_maximum<V>(scores, task.length, scratch.keys_stride);
      }
      mix_values<V>(task, scratch, inverse, count, task.out + query * task.out_stride + first);
    }
  }
}

}  // namespace
}  // namespace dss::kernels
