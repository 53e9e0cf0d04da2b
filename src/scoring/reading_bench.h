// The benchmark of normalising and scoring, for texts from anywhere.
#pragma once

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string_view>

#include "scoring/linear_reader.h"

namespace dss::scoring {

/// Reads what `next_text()` returns, round after round, with the shipped model; counts the time of
/// each stage.
template <typename NextText>
void bench_reading(benchmark::State& state, NextText next_text) {
  const auto card = weights::read_card(DSS_SOURCE_DIR "/models/simple");
  if (!card) throw std::runtime_error(card.error().message);
  const auto model = models::LinearModel::open(DSS_SOURCE_DIR "/models/simple", *card);
  if (!model) throw std::runtime_error(model.error().message);
  LinearReader reader;
  Timings timings;
  for (auto _ : state) {
    Stopwatch stopwatch(base::system_clock());
    const auto text = text::Valid::promise(next_text());
    benchmark::DoNotOptimize(reader.read(*model, card->windows, text, &stopwatch, &timings));
  }
  const auto per_text = [&state](std::chrono::nanoseconds total) {
    return static_cast<double>(total.count()) / static_cast<double>(state.iterations());
  };
  state.counters["normalize_ns"] = per_text(timings.normalize);
  state.counters["tokenize_ns"] = per_text(timings.tokenize);
}

}  // namespace dss::scoring
