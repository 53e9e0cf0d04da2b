// Bucket bounds of the catalogue's histograms.
#pragma once

#include <array>
#include <span>

namespace dss::metrics::bounds {

/// prometheus-fastapi-instrumentator 6.1.0, latency_highr_buckets.
inline constexpr auto kHighResolutionSeconds =
    std::to_array<double>({0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1,  1.5, 2,
                           2.5,  3,     3.5,  4,     4.5, 5,    7.5, 10,   30, 60});
/// prometheus-fastapi-instrumentator 6.1.0, latency_lowr_buckets.
inline constexpr auto kLowResolutionSeconds = std::to_array<double>({0.1, 0.5, 1});
/// The default of client_python.
inline constexpr auto kClientDefault = std::to_array<double>(
    {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10});
/// Documented for toxicity_processing_seconds.
inline constexpr auto kProcessingSeconds =
    std::to_array<double>({0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10});
/// Documented for toxicity_score_distribution.
inline constexpr auto kScore = std::to_array<double>({0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100});
inline constexpr auto kProbability =
    std::to_array<double>({0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1});
inline constexpr auto kPowersOfTwo =
    std::to_array<double>({16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536});

inline constexpr auto kBatchTexts = std::to_array<double>({1, 2, 4, 8, 16, 32, 64, 128, 256});

/// 15 µs × 1.5^k up to 30 s, to four significant digits.
[[nodiscard]] std::span<const double> fine_seconds();

}  // namespace dss::metrics::bounds
