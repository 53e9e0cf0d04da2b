// Every setting of `dss`, in the order of the documentation.
#pragma once

#include "config/setting.h"

namespace dss::app {

[[nodiscard]] const config::Table& settings_table();

}  // namespace dss::app
