// The body of POST /analyze.
#include "api/native/score_request.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string body(reinterpret_cast<const char*>(data), size);
  body.append(dss::json::kPadding, ' ');
  static dss::json::Reader reader;
  const auto request =
      dss::api::native::parse_score_request({body.data(), size}, "simple", &reader);
  if (request) {
    const std::size_t characters = dss::base::count_code_points(request->text);
    if (!dss::base::is_valid_utf8(request->text) || characters < 1 || characters > 5000) {
      std::abort();
    }
    const std::string_view community = request->community;
    if (!dss::base::is_valid_utf8(community) || dss::base::count_code_points(community) > 256) {
      std::abort();
    }
  }
  return 0;
}
