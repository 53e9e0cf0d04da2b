// The relaxed JSON reader: strict JSON keeps its bytes, everything stays bounded, and the reader
// behind it never crashes.
#include "json/relaxed.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static dss::json::Reader reader;
  const std::string strict = dss::json::strict_json(text);
  if (strict.size() > 2 * size + 2) std::abort();
  if (reader.parse(text) && strict != text) std::abort();
  std::string padded(text);
  padded.append(dss::json::kPadding, '\0');
  (void)dss::json::parse_relaxed(&reader, {padded.data(), size});
  return 0;
}
