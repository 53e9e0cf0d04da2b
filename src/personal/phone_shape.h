// Whether groups of digits are a telephone number.
#pragma once

#include <cstddef>

#include "personal/number_groups.h"

namespace dss::personal {

enum class PhoneShape : std::uint8_t {
  kNone,
  kPossible,  ///< if words beside it say so
  kCertain,   ///< nothing else is written like that
};

/// Judges the first `count` groups as a whole.
[[nodiscard]] PhoneShape phone_shape(const NumberGroups& numbers, std::size_t count);

}  // namespace dss::personal
