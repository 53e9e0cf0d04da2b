#include "kernels/instruction_set.h"

#include <algorithm>
#include <array>
#include <vector>

#if defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace dss::kernels {
namespace {

struct Row {
  InstructionSet set;
  std::string_view name;
  bool (*available)();
};

bool always() { return true; }

#if defined(__x86_64__)

// Bits of CPUID leaf 7 that GCC's __builtin_cpu_supports has no name for.
constexpr unsigned kAvxVnniBit = 1U << 4;  // sub-leaf 1, EAX
constexpr unsigned kAmxBits =
    (1U << 22) | (1U << 24) | (1U << 25);  // sub-leaf 0, EDX: bf16, tile, int8

// arch_prctl: ask that the system saves this state at a change of threads.
constexpr long kRequestState = 0x1023;
constexpr long kTileData = 18;

struct Leaf {
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
};

Leaf leaf_seven(unsigned sub_leaf) {
  Leaf leaf;
  __get_cpuid_count(7, sub_leaf, &leaf.eax, &leaf.ebx, &leaf.ecx, &leaf.edx);
  return leaf;
}

bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
bool has_avx_vnni() { return has_avx2() && (leaf_seven(1).eax & kAvxVnniBit) != 0; }
bool has_avx512_vnni() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni");
}
bool has_amx() {
  return has_avx512_vnni() && (leaf_seven(0).edx & kAmxBits) == kAmxBits &&
         syscall(SYS_arch_prctl, kRequestState, kTileData) == 0;
}

#else

bool has_avx2() { return false; }
bool has_avx_vnni() { return false; }
bool has_avx512_vnni() { return false; }
bool has_amx() { return false; }

#endif

#if defined(__aarch64__)

bool has_neon() { return true; }
bool has_neon_dot() { return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0; }

#else

bool has_neon() { return false; }
bool has_neon_dot() { return false; }

#endif

constexpr std::array kRows = {Row{InstructionSet::kScalar, "scalar", always},
                              Row{InstructionSet::kAvx2, "avx2", has_avx2},
                              Row{InstructionSet::kAvxVnni, "avx-vnni", has_avx_vnni},
                              Row{InstructionSet::kAvx512Vnni, "avx512-vnni", has_avx512_vnni},
                              Row{InstructionSet::kAmx, "amx", has_amx},
                              Row{InstructionSet::kNeon, "neon", has_neon},
                              Row{InstructionSet::kNeonDot, "neon-dot", has_neon_dot}};

std::vector<InstructionSet> find_available() {
  std::vector<InstructionSet> sets;
  for (const Row& row : kRows) {
    if (row.available()) sets.push_back(row.set);
  }
  return sets;
}

}  // namespace

std::string_view name_of(InstructionSet set) { return kRows[static_cast<std::size_t>(set)].name; }

std::optional<InstructionSet> instruction_set_named(std::string_view name) {
  const auto* row = std::find_if(kRows.begin(), kRows.end(),
                                 [name](const Row& each) { return each.name == name; });
  if (row == kRows.end()) return std::nullopt;
  return row->set;
}

std::span<const InstructionSet> available_instruction_sets() {
  static const std::vector<InstructionSet> sets = find_available();
  return sets;
}

InstructionSet best_instruction_set() { return available_instruction_sets().back(); }

}  // namespace dss::kernels
