// Which instructions the encoder's kernels use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dss::kernels {

/// From the plainest to the one that multiplies fastest.
enum class InstructionSet : std::uint8_t {
  kScalar,      ///< any processor
  kAvx2,        ///< AVX2 and FMA
  kAvxVnni,     ///< AVX2 and VNNI on 256 bits
  kAvx512Vnni,  ///< AVX-512 F, BW, DQ, VL and VNNI
  kAmx,         ///< the same with AMX tiles of int8 and bf16
  kNeon,        ///< 64-bit Arm
  kNeonDot,     ///< the same with products of four bytes (SDOT)
};

/// As answers and logs spell it: "scalar", "avx2", "avx-vnni", "avx512-vnni", "amx", "neon",
/// "neon-dot".
[[nodiscard]] std::string_view name_of(InstructionSet set);
[[nodiscard]] std::optional<InstructionSet> instruction_set_named(std::string_view name);

/// Those that this processor and this system can run, plainest first. The first call asks the
/// system to save AMX's registers for all threads of the process. Thread-safe.
[[nodiscard]] std::span<const InstructionSet> available_instruction_sets();

/// The last of them.
[[nodiscard]] InstructionSet best_instruction_set();

/// Tokens of a batch beyond which more together are no faster: fetching weights is what a batch
/// saves, and where multiplying takes long it hardly counts.
[[nodiscard]] constexpr std::size_t fast_batch_tokens(InstructionSet set) {
  switch (set) {
    case InstructionSet::kAvxVnni:
    case InstructionSet::kAvx512Vnni:
    case InstructionSet::kAmx:
    case InstructionSet::kNeonDot:
      return 256;
    default:
      return 64;
  }
}

}  // namespace dss::kernels
