// The head of a request, from bytes to the framing gate, whole and in two parts.
#include "http/framing.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/head_scanner.h"
#include "http/request_parser.h"

namespace {

using dss::http::HeadScanner;

void parse(std::string_view bytes, const dss::http::Limits& limits) {
  static dss::http::RequestParser parser;
  std::array<dss::http::HeaderView, 64> storage;
  dss::http::Head head;
  HeadScanner scanner;
  if (scanner.scan(bytes, limits) != HeadScanner::State::kComplete) return;
  if (scanner.head_bytes() > bytes.size()) std::abort();
  if (parser.parse_head(bytes.substr(0, scanner.head_bytes()), storage, &head) != 0) return;
  const dss::http::Framing framing = dss::http::check_framing(head);
  if (framing.status != 0) return;
  if (framing.chunked && head.content_lengths != 0) std::abort();
  if (!framing.chunked) return;
  std::string body;
  const auto progress =
      parser.parse_chunks(bytes.substr(scanner.head_bytes()), 4096, limits, &body);
  if (body.size() > 4096 || progress.consumed > bytes.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const dss::http::Limits limits;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  parse(bytes, limits);
  // Arriving in two parts changes nothing.
  HeadScanner whole;
  HeadScanner parts;
  const auto at_once = whole.scan(bytes, limits);
  auto in_parts = parts.scan(bytes.substr(0, size / 2), limits);
  if (in_parts == HeadScanner::State::kIncomplete) in_parts = parts.scan(bytes, limits);
  if (at_once != in_parts && parts.status() == whole.status()) std::abort();
  return 0;
}
