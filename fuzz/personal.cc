// Personal data: pieces are in order, apart and on code point boundaries; a masked text has nothing
// more to find; a blanked one is as long as it was.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"
#include "personal/detect.h"
#include "personal/rewrite.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dss::personal;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!dss::base::is_valid_utf8(text)) return 0;
  const Entities found = detect(text);
  std::size_t behind = 0;
  for (const Entity& entity : found) {
    if (entity.begin < behind || entity.end <= entity.begin || entity.end > size) std::abort();
    if (!dss::base::is_valid_utf8(text.substr(0, entity.begin))) std::abort();
    if (!dss::base::is_valid_utf8(text.substr(0, entity.end))) std::abort();
    behind = entity.end;
  }
  if (!detect(rewritten(text, found, Strategy::kMask, nullptr)).empty()) std::abort();
  const auto length = dss::base::count_code_points(text);
  if (dss::base::count_code_points(blanked(text, found)) != length) std::abort();
  return 0;
}
