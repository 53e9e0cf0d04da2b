// What a confined process still needs; everything else is taken from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dss::sandbox {

/// Connections that the process may begin itself.
struct Outgoing {
  bool any = false;          ///< false: none at all, and `ports` is empty
  bool every_port = false;   ///< which ports is not known before
  bool loads_names = false;  ///< the resolver or a library loads code later (dlopen)
  std::vector<std::uint16_t> ports{};
};

struct Needs {
  std::vector<std::string> read;      ///< files, or folders with all below them
  std::vector<std::string> write;     ///< folders in which files are made, changed and removed
  std::vector<std::uint16_t> listen;  ///< TCP ports; 0 among them: any port
  Outgoing outgoing;
};

}  // namespace dss::sandbox
