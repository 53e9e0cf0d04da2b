// What the processor can do beyond what the program is compiled for.
#pragma once

namespace dss::base {

/// Whether AVX2 may be used. Thread-safe.
[[nodiscard]] inline bool has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}

}  // namespace dss::base
