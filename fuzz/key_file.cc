// A file of API keys: refused, or read so that what is written from it is read the same again.
#include "auth/key_file.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto keys = dss::auth::parse_keys({reinterpret_cast<const char*>(data), size});
  if (!keys) {
    if (!keys.error().message.starts_with("line ")) std::abort();
    return 0;
  }
  std::string text;
  for (const auto& key : *keys) text += dss::auth::key_line(key);
  const auto again = dss::auth::parse_keys(text);
  if (!again || *again != *keys) std::abort();
  return 0;
}
