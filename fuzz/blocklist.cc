// A blocklist's file: what is read can be matched, and is written as it was read.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "blocklist/list_file.h"
#include "blocklist/matcher.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto list = dss::blocklist::read_list(bytes);
  if (!list) return 0;
  const auto again = dss::blocklist::read_list(dss::blocklist::write_list(*list));
  if (!again || again->items.size() != list->items.size()) std::abort();
  const dss::blocklist::Matcher matcher({*list});
  for (const dss::blocklist::Item& item : list->items) {
    const bool found = !matcher.find(item.text).empty();
    if (item.kind != dss::blocklist::Kind::kPattern && !found) std::abort();
  }
  return 0;
}
