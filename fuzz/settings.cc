// A configuration file: read, or refused with one line.
#include <cstdint>
#include <cstdlib>

#include "config/toml_file.h"
#include "fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const dss::fuzz::MemoryFile file(data, size);
  const auto entries = dss::config::read_toml_file(file.path());
  if (!entries && entries.error().message.empty()) std::abort();
  return 0;
}
