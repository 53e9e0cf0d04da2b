#include "metrics/bounds.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace dss::metrics::bounds {
namespace {

constexpr double kFirst = 15e-6;
constexpr double kFactor = 1.5;
constexpr std::size_t kCount = 36;  // the 37th would be 32.8 s

double four_digits(double value) {
  const std::string text = fmt::format("{:.3e}", value);
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::array<double, kCount> geometric() {
  std::array<double, kCount> out{};
  double bound = kFirst;
  for (double& place : out) {
    place = four_digits(bound);
    bound *= kFactor;
  }
  return out;
}

}  // namespace

std::span<const double> fine_seconds() {
  static const std::array<double, kCount> bounds = geometric();
  return bounds;
}

}  // namespace dss::metrics::bounds
