#include "peak.h"

#include <chrono>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "kernels/amx_tiles.h"

// GCC has no name for the tiles' types, so every loop is written as instructions, which also keeps
// the compiler from leaving any out.
namespace dss::bench {
namespace {

constexpr std::int64_t kTurns = 4096;

#if defined(__x86_64__)

// Multiplications of one turn and the loop over kTurns of them.
struct Loop {
  double products;
  void (*run)();
};

// Sixteen sums, more than enough to hide the instruction's latency.
void run_avx512() {
  for (std::int64_t turn = 0; turn < kTurns; ++turn) {
    asm volatile(
        "vpdpbusd %%zmm30, %%zmm31, %%zmm0\n vpdpbusd %%zmm30, %%zmm31, %%zmm1\n"
        "vpdpbusd %%zmm30, %%zmm31, %%zmm2\n vpdpbusd %%zmm30, %%zmm31, %%zmm3\n"
        "vpdpbusd %%zmm30, %%zmm31, %%zmm4\n vpdpbusd %%zmm30, %%zmm31, %%zmm5\n"
        "vpdpbusd %%zmm30, %%zmm31, %%zmm6\n vpdpbusd %%zmm30, %%zmm31, %%zmm7\n"
        "vpdpbusd %%zmm30, %%zmm31, %%zmm8\n vpdpbusd %%zmm30, %%zmm31, %%zmm9\n"
        "vpdpbusd %%zmm30, %%zmm31, %%zmm10\n vpdpbusd %%zmm30, %%zmm31, %%zmm11\n" ::
            : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
              "xmm10", "xmm11");
  }
}

void run_avx_vnni() {
  for (std::int64_t turn = 0; turn < kTurns; ++turn) {
    asm volatile(
        "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm0\n %{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm1\n"
        "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm2\n %{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm3\n"
        "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm4\n %{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm5\n"
        "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm6\n %{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm7\n"
        "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm8\n %{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm9\n"
        "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm10\n %{vex%} vpdpbusd %%ymm14, %%ymm15, "
        "%%ymm11\n" ::
            : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
              "xmm10", "xmm11");
  }
}

// Unsigned by signed bytes, twice, added in 16 bits; pairs by one, added in 32: five instructions
// for 64 products.
void run_avx2() {
  for (std::int64_t turn = 0; turn < kTurns; ++turn) {
    asm volatile(
        "vpmaddubsw %%ymm14, %%ymm15, %%ymm0\n vpmaddubsw %%ymm14, %%ymm15, %%ymm1\n"
        "vpmaddubsw %%ymm14, %%ymm15, %%ymm2\n vpmaddubsw %%ymm14, %%ymm15, %%ymm3\n"
        "vpmaddubsw %%ymm14, %%ymm15, %%ymm8\n vpmaddubsw %%ymm14, %%ymm15, %%ymm9\n"
        "vpmaddubsw %%ymm14, %%ymm15, %%ymm10\n vpmaddubsw %%ymm14, %%ymm15, %%ymm11\n"
        "vpaddw %%ymm8, %%ymm0, %%ymm0\n vpaddw %%ymm9, %%ymm1, %%ymm1\n"
        "vpaddw %%ymm10, %%ymm2, %%ymm2\n vpaddw %%ymm11, %%ymm3, %%ymm3\n"
        "vpmaddwd %%ymm13, %%ymm0, %%ymm0\n vpmaddwd %%ymm13, %%ymm1, %%ymm1\n"
        "vpmaddwd %%ymm13, %%ymm2, %%ymm2\n vpmaddwd %%ymm13, %%ymm3, %%ymm3\n"
        "vpaddd %%ymm0, %%ymm4, %%ymm4\n vpaddd %%ymm1, %%ymm5, %%ymm5\n"
        "vpaddd %%ymm2, %%ymm6, %%ymm6\n vpaddd %%ymm3, %%ymm7, %%ymm7\n" ::
            : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
              "xmm10", "xmm11");
  }
}

void run_amx() {
  kernels::amx_begin();
  for (std::int64_t turn = 0; turn < kTurns; ++turn) {
    asm volatile(
        "tdpbusd %%tmm6, %%tmm4, %%tmm0\n tdpbusd %%tmm7, %%tmm4, %%tmm1\n"
        "tdpbusd %%tmm6, %%tmm5, %%tmm2\n tdpbusd %%tmm7, %%tmm5, %%tmm3\n" ::);
  }
  kernels::amx_end();
}

Loop loop_of(kernels::InstructionSet set) {
  switch (set) {
    case kernels::InstructionSet::kAmx:
      return {4.0 * 16 * 16 * 64, run_amx};
    case kernels::InstructionSet::kAvx512Vnni:
      return {12.0 * 64, run_avx512};
    case kernels::InstructionSet::kAvxVnni:
      return {12.0 * 32, run_avx_vnni};
    case kernels::InstructionSet::kAvx2:
      return {4.0 * 64, run_avx2};
    // The peak of a 64-bit Arm core is not measured.
    case kernels::InstructionSet::kNeonDot:
    case kernels::InstructionSet::kNeon:
    case kernels::InstructionSet::kScalar:
      break;
  }
  return {0, nullptr};
}

#endif

}  // namespace

double int8_peak(kernels::InstructionSet set, double seconds) {
#if defined(__x86_64__)
  using Clock = std::chrono::steady_clock;
  const Loop loop = loop_of(set);
  if (loop.run == nullptr) return 0;
  loop.run();
  const auto begin = Clock::now();
  double passed = 0;
  double products = 0;
  while (passed < seconds) {
    loop.run();
    products += loop.products * static_cast<double>(kTurns);
    passed = std::chrono::duration<double>(Clock::now() - begin).count();
  }
  return 2 * products / passed / 1e9;
#else
  (void)set;
  (void)seconds;
  return 0;
#endif
}

}  // namespace dss::bench
