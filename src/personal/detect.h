// Finds personal data in a text.
#pragma once

#include <string_view>

#include "personal/entity.h"

namespace dss::personal {

/// Stands in a text where something was found already: no finder reads across it.
inline constexpr char kBarrier = '\x01';

/// What of these kinds stands in `text`, in the order of the text; pieces do not overlap and lie on
/// code point boundaries. Time and memory are linear in the text, whatever stands in it: each
/// finder walks from triggers (`@`, a digit, a capital letter) over a bounded neighbourhood.
/// Placeholders that rewritten() leaves are passed over, so that a masked text has nothing more to
/// find. REQUIRES: valid UTF-8. Thread-safe.
[[nodiscard]] Entities detect(std::string_view text, KindSet kinds = KindSet::all());

}  // namespace dss::personal
