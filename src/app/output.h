// Standard output as a place that may be full or gone.
#pragma once

#include <string_view>

#include "base/result.h"

namespace dss::app {

/// Writes all of it. A reader that has gone (`dss score … | head`) ends the process quietly by
/// SIGPIPE, as usual; where that signal is ignored the failure is kUnavailable. A reader that is
/// slow is waited for, also where the descriptor is non-blocking. Errors: kIo (a full disk).
base::Status write_output(std::string_view text);

/// Whether the descriptor is a terminal that wants colours (NO_COLOR unset or empty, TERM not
/// `dumb`; https://no-color.org).
[[nodiscard]] bool wants_colour(int descriptor);

}  // namespace dss::app
