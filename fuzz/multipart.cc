// The multipart reader: parts lie inside the body, in order, and none holds a boundary line. What a
// part asks for is read as a batch reads it.
#include "api/perspective/multipart.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/perspective/analyze_request.h"
#include "api/perspective/suggestion.h"
#include "json/reader.h"

namespace {

bool within(std::string_view outer, std::string_view inner) {
  return inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size();
}

void read_call(std::string_view content) {
  std::string body(content);
  body.append(dss::json::kPadding, ' ');
  const std::string_view padded(body.data(), content.size());
  (void)dss::api::perspective::parse_analyze_request(padded, &dss::json::thread_reader());
  (void)dss::api::perspective::parse_suggestion(padded, &dss::json::thread_reader());
}

}  // namespace

// The first line is the Content-Type, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dss::api::perspective;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const auto boundary = boundary_of(text.substr(0, end));
  if (!boundary) return 0;
  const std::string_view body = text.substr(std::min(end + 1, text.size()));
  const auto parts = split_parts(body, *boundary, 50);
  if (!parts) return 0;
  if (parts->empty() || parts->size() > 50) std::abort();
  const char* behind = body.data();
  for (const Part& part : *parts) {
    if (!within(body, part.headers) || !within(body, part.content)) std::abort();
    if (part.headers.data() < behind) std::abort();
    behind = part.content.data() + part.content.size();
    if (part.content.find("\n--" + *boundary + "\n") != part.content.npos) std::abort();
    (void)header_value(part.headers, "content-id");
    read_call(split_headers(part.content).content);
  }
  return 0;
}
