#include "http/framing.h"

#include <algorithm>

#include "http/ascii.h"

namespace dss::http {
namespace {

Framing refuse(int status, std::string_view reason) { return {.status = status, .reason = reason}; }

/// uri-host [":" port] by its characters (RFC 3986, 3.2.2); an empty host is allowed.
bool is_host(std::string_view host) {
  constexpr std::string_view kMarks = "-._~!$&'()*+;=:[]%";
  return std::all_of(host.begin(), host.end(), [&](char c) {
    return is_alpha(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
  });
}

/// Digits only; false on anything else. More than 64 bits give the largest number, which every
/// limit refuses.
bool parse_length(std::string_view text, std::uint64_t* length) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return false;
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (UINT64_MAX - digit) / 10) {
      *length = UINT64_MAX;
      return true;
    }
    value = value * 10 + digit;
  }
  *length = value;
  return true;
}

/// The path and query of an absolute-form target; empty if it is none.
std::string_view strip_authority(std::string_view target) {
  for (const std::string_view scheme :
       {std::string_view("http://"), std::string_view("https://")}) {
    if (target.size() <= scheme.size() || !iequals(target.substr(0, scheme.size()), scheme))
      continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t path = rest.find_first_of("/?");
    if (path == 0) return {};
    if (path == std::string_view::npos) return "/";
    return rest[path] == '/' ? rest.substr(path) : std::string_view();
  }
  return {};
}

std::string_view origin_form(const Head& head) {
  if (head.target.find('#') != std::string_view::npos) return {};
  if (head.target.front() == '/') return head.target;
  if (head.target == "*" && head.method == Method::kOptions) return head.target;
  return strip_authority(head.target);
}

/// Null if the transfer coding is acceptable.
const char* transfer_encoding_fault(const Head& head) {
  if (!head.http11) return "Transfer-Encoding needs HTTP/1.1";
  if (head.content_lengths != 0) return "Transfer-Encoding and Content-Length exclude each other";
  if (head.transfer_encodings > 1 || !iequals(head.transfer_encoding, "chunked")) {
    return "the only Transfer-Encoding is chunked";
  }
  return nullptr;
}

}  // namespace

Framing check_framing(const Head& head) {
  if (head.hosts > 1 || (head.http11 && head.hosts == 0))
    return refuse(400, "exactly one Host is needed");
  if (!is_host(head.host)) return refuse(400, "Host is malformed");
  Framing framing;
  framing.target = origin_form(head);
  if (framing.target.empty()) return refuse(400, "the request target is malformed");
  if (head.transfer_encodings != 0) {
    if (const char* fault = transfer_encoding_fault(head)) return refuse(400, fault);
    framing.chunked = true;
  } else if (head.content_lengths != 0) {
    if (head.content_lengths > 1) return refuse(400, "more than one Content-Length");
    if (!parse_length(head.content_length, &framing.content_length)) {
      return refuse(400, "Content-Length is not a number");
    }
  }
  if (!head.expect.empty() && head.http11) {
    if (!iequals(head.expect, "100-continue"))
      return refuse(417, "the only expectation is 100-continue");
    framing.expect_continue = true;
  }
  return framing;
}

}  // namespace dss::http
