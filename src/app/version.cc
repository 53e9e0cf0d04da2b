#include "app/version.h"

namespace dss::app {

std::string_view version() { return DSS_VERSION; }
std::string_view revision() { return DSS_REVISION; }

std::string_view compiler() {
#ifdef __clang__
  return "clang++ " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::string version_line() {
  std::string line = "dss ";
  line += version();
  line += " (revision ";
  line += revision();
  line += ", ";
  line += compiler();
  return line + ")";
}

}  // namespace dss::app
