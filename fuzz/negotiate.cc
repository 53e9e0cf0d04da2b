// Headers and query of a scrape.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "metrics/metrics.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const dss::metrics::Metrics metrics({});
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view accept = bytes.substr(0, bytes.find('\n'));
  const std::string_view rest = bytes.substr(std::min(size, accept.size() + 1));
  const std::string_view encoding = rest.substr(0, rest.find('\n'));
  const std::string_view query = rest.substr(std::min(rest.size(), encoding.size() + 1));
  const auto exposition = metrics.expose(accept, encoding, query);
  if (exposition.content_type.empty()) std::abort();
  return 0;
}
