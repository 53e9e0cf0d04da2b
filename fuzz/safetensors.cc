// The weights reader: any file is read or refused with one line.
#include "weights/safetensors.h"

#include <cstdint>
#include <cstdlib>

#include "fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const dss::fuzz::MemoryFile file(data, size);
  const auto opened = dss::weights::Safetensors::open(file.path());
  if (!opened &&
      (opened.error().message.empty() || opened.error().message.find('\n') != std::string::npos)) {
    std::abort();
  }
  return 0;
}
