#include "trace/sampler.h"

namespace dss::trace {

RatioSampler::RatioSampler(double ratio) : bound_(static_cast<std::uint64_t>(ratio * 0x1p63)) {}

bool RatioSampler::wants(const Context& context) const {
  std::uint64_t lower = 0;
  for (std::size_t i = 8; i < context.trace_id.size(); ++i)
    lower = lower << 8 | context.trace_id[i];
  return (lower & ~(std::uint64_t{1} << 63)) < bound_;
}

}  // namespace dss::trace
