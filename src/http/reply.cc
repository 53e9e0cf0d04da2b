#include "http/reply.h"

#include <algorithm>
#include <charconv>

#include "http/ascii.h"
#include "http/status.h"

namespace dss::http {
namespace {

/// Longest head without the response's own headers and the content type.
constexpr std::size_t kFixedBytes = 512;

/// Writes into memory that is known to be large enough.
class Cursor {
 public:
  explicit Cursor(char* at) : at_(at) {}
  Cursor& operator<<(std::string_view text) {
    at_ = std::copy(text.begin(), text.end(), at_);
    return *this;
  }
  Cursor& operator<<(std::uint64_t number) {
    at_ = std::to_chars(at_, at_ + 20, number).ptr;
    return *this;
  }
  [[nodiscard]] char* at() const { return at_; }

 private:
  char* at_;
};

bool is_safe(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c == '\t' || (c & 0xE0) != 0; });
}

void write_status_line(int status, Cursor* cursor) {
  if (status == 200) {
    *cursor << "HTTP/1.1 200 OK\r\nDate: ";
    return;
  }
  *cursor << "HTTP/1.1 " << static_cast<std::uint64_t>(status) << " " << reason_phrase(status)
          << "\r\nDate: ";
}

/// draft-ietf-httpapi-ratelimit-headers-10.
void write_allowance(const Allowance& allowance, Cursor* cursor) {
  *cursor << "RateLimit-Policy: \"requests\";q=" << std::uint64_t{allowance.burst}
          << ";w=" << std::uint64_t{allowance.window_seconds}
          << "\r\nRateLimit: \"requests\";r=" << std::uint64_t{allowance.remaining}
          << ";t=" << std::uint64_t{allowance.reset_seconds} << "\r\n";
}

/// Returns whether Cache-Control was among them.
bool write_own_headers(const Response& response, Cursor* cursor) {
  bool cache_control = false;
  for (const auto& [name, value] : response.headers) {
    if (!is_safe(value)) continue;
    *cursor << name << ": " << value << "\r\n";
    cache_control = cache_control || iequals(name, "cache-control");
  }
  return cache_control;
}

std::size_t room_for(const Response& response, const ReplyContext& context) {
  std::size_t bytes = kFixedBytes + response.content_type.size() + context.request_id.size();
  for (const auto& [name, value] : response.headers) bytes += name.size() + value.size() + 4;
  return bytes;
}

}  // namespace

std::uint64_t append_head(const Response& response, const ReplyContext& context, std::string* out) {
  const std::size_t before = out->size();
  out->resize(before + room_for(response, context));
  Cursor cursor(out->data() + before);
  write_status_line(response.status, &cursor);
  cursor << context.date << "\r\nX-Content-Type-Options: nosniff\r\n";
  std::uint64_t length = 0;
  if (context.length != BodyLength::kKnown) {
    cursor << "Content-Type: " << response.content_type << "\r\n";
    if (context.length == BodyLength::kChunked) cursor << "Transfer-Encoding: chunked\r\n";
  } else if (status_has_body(response.status)) {
    length = body_of(response).size();
    if (length != 0) cursor << "Content-Type: " << response.content_type << "\r\n";
    cursor << "Content-Length: " << length << "\r\n";
  }
  if (!context.request_id.empty()) cursor << "X-Request-Id: " << context.request_id << "\r\n";
  if (context.allowance != nullptr && context.allowance->burst != 0) {
    write_allowance(*context.allowance, &cursor);
  }
  if (context.close && context.http11) cursor << "Connection: close\r\n";
  if (!context.close && !context.http11) cursor << "Connection: keep-alive\r\n";
  const bool cache_control = !response.headers.empty() && write_own_headers(response, &cursor);
  cursor << (cache_control ? "\r\n" : "Cache-Control: no-store\r\n\r\n");
  out->resize(static_cast<std::size_t>(cursor.at() - out->data()));
  return length;
}

}  // namespace dss::http
