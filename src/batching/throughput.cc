#include "batching/throughput.h"

#include <algorithm>
#include <utility>

namespace dss::batching {
namespace {

// A batch weighs half as much after about seven further ones.
constexpr double kKept = 0.9;

}  // namespace

void Throughput::began(std::size_t worker, std::size_t tokens, base::SteadyTime now) {
  running_[worker] = {tokens, now};
}

void Throughput::ended(std::size_t worker, base::SteadyTime now) {
  const Running batch = std::exchange(running_[worker], Running());
  tokens_ = kKept * tokens_ + static_cast<double>(batch.tokens);
  seconds_ = kKept * seconds_ + base::seconds_between(batch.began, now);
}

double Throughput::tokens_per_second() const {
  if (seconds_ <= 0) return 0;
  return tokens_ / seconds_ * static_cast<double>(running_.size());
}

double Throughput::running_tokens(base::SteadyTime now) const {
  const double each = tokens_per_second() / static_cast<double>(running_.size());
  double left = 0;
  for (const Running& batch : running_) {
    if (batch.tokens == 0) continue;
    const double done = each * base::seconds_between(batch.began, now);
    left += std::max(0.0, static_cast<double>(batch.tokens) - done);
  }
  return left;
}

std::size_t Throughput::busy() const {
  return static_cast<std::size_t>(std::count_if(
      running_.begin(), running_.end(), [](const Running& batch) { return batch.tokens > 0; }));
}

}  // namespace dss::batching
