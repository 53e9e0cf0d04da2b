// The JSON reader: never crashes, and names a place inside the text for what it refuses.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "json/reader.h"

namespace {

void walk(dss::json::Value value, int depth) {
  if (depth > 100) std::abort();
  (void)value.number();
  (void)value.integer();
  (void)value.string();
  for (const dss::json::Value item : value.items()) walk(item, depth + 1);
  for (const auto& [name, member] : value.members()) {
    if (!value.find(name)) std::abort();
    walk(member, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static dss::json::Reader reader;
  const auto parsed = reader.parse(text);
  if (parsed) {
    walk(*parsed, 0);
  } else {
    if (parsed.error().offset > size) std::abort();
    (void)dss::json::describe(parsed.error(), text);
  }
  return 0;
}
