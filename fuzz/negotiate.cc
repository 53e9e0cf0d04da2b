// Headers and query of a scrape, of a registry so small that rendering does not outweigh reading
// them.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/accept.h"
#include "metrics/exposition.h"

namespace {

using dss::metrics::Spec;
using dss::metrics::Type;

constexpr auto kBounds = std::to_array<double>({0.1, 1});
constexpr Spec kFamilies[] = {{"requests_total", Type::kCounter, "", "Requests."},
                              {"seconds", Type::kHistogram, "", "Seconds.", kBounds}};

std::string_view take_line(std::string_view* bytes) {
  const std::string_view line = bytes->substr(0, bytes->find('\n'));
  bytes->remove_prefix(std::min(bytes->size(), line.size() + 1));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const dss::metrics::Registry registry(kFamilies);
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view accept = take_line(&bytes);
  const std::string_view encoding = take_line(&bytes);
  static constexpr std::string_view kLanguages[] = {"en", "fr"};
  if (dss::base::preferred_language(accept, kLanguages) > 1) std::abort();
  const auto exposition =
      expose(registry, {.accept = accept, .accept_encoding = encoding, .query = bytes});
  if (exposition.content_type.empty()) std::abort();
  if (exposition.content_encoding.empty() && exposition.body.find("HELP") == exposition.body.npos &&
      bytes.find('=') == bytes.npos) {
    std::abort();
  }
  return 0;
}
