// The language detector: any text gets a known code and a probability.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "language/detector.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!dss::base::is_valid_utf8(bytes)) return 0;
  const dss::language::Detection detection = dss::language::detect(bytes);
  const auto codes = dss::language::codes();
  if (std::ranges::find(codes, detection.code) == codes.end()) std::abort();
  if (!(detection.confidence >= 0 && detection.confidence <= 1)) std::abort();
  return 0;
}
