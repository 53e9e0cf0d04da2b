// A small table that the tests of this room share.
#pragma once

#include "config/setting.h"

namespace dss::config {

inline Table sample_table() {
  Table table;
  table.add(
      {.key = "port", .type = Type::kInteger, .default_value = "8000", .least = 0, .most = 65535});
  table.add({.key = "listen", .type = Type::kList, .default_note = "both loopbacks"});
  table.add({.key = "log.level",
             .type = Type::kChoice,
             .default_value = "info",
             .choices = {"debug", "info"}});
  table.add({.key = "quick", .type = Type::kSwitch, .default_value = "false"});
  table.add({.key = "threshold.toxic", .type = Type::kNumber, .least = 0, .most = 1});
  table.add({.key = "token", .secret = true});
  return table;
}

}  // namespace dss::config
