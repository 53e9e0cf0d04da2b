// How many 8-bit operations a second one core can do at most.
#pragma once

#include "kernels/instruction_set.h"

namespace dss::bench {

/// Giga-operations a second (2 for each multiplication) of a loop that does nothing but multiply
/// registers with the instruction that the engine uses on `set`, for about `seconds`. REQUIRES:
/// `set` is available.
[[nodiscard]] double int8_peak(kernels::InstructionSet set, double seconds);

}  // namespace dss::bench
