#include "trace/context.h"

#include <algorithm>
#include <span>

namespace dss::trace {
namespace {

// Layout of version 00: `vv-tttttttttttttttttttttttttttttttt-pppppppppppppppp-ff`.
constexpr std::size_t kLength = 55;
constexpr std::size_t kTraceAt = 3;
constexpr std::size_t kParentAt = 36;
constexpr std::size_t kFlagsAt = 53;
constexpr std::uint8_t kSampledFlag = 0x01;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool read_hex(std::string_view digits, std::span<std::uint8_t> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = hex_digit(digits[2 * i]);
    const int low = hex_digit(digits[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

bool any(std::span<const std::uint8_t> bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
}

void fill(base::Rng* rng, std::span<std::uint8_t> out) {
  do {
    for (std::size_t i = 0; i < out.size(); i += 8) {
      const std::uint64_t word = rng->next();
      for (std::size_t k = 0; k < 8; ++k) out[i + k] = static_cast<std::uint8_t>(word >> (8 * k));
    }
  } while (!any(out));
}

bool well_shaped(std::string_view header) {
  if (header.size() < kLength) return false;
  if (header[2] != '-' || header[kParentAt - 1] != '-' || header[kFlagsAt - 1] != '-') return false;
  if (header.starts_with("ff")) return false;
  if (header.starts_with("00")) return header.size() == kLength;
  return header.size() == kLength || header[kLength] == '-';
}

}  // namespace

bool Context::valid() const { return any(trace_id); }

std::string Context::trace_id_hex() const { return hex(trace_id); }

std::string Context::span_id_hex() const { return hex(span_id); }

std::string Context::traceparent() const {
  return "00-" + trace_id_hex() + '-' + span_id_hex() + (sampled ? "-01" : "-00");
}

std::optional<Context> parse_traceparent(std::string_view header) {
  if (!well_shaped(header)) return std::nullopt;
  Context context;
  std::uint8_t version = 0;
  std::uint8_t flags = 0;
  if (!read_hex(header.substr(0, 2), {&version, 1}) ||
      !read_hex(header.substr(kTraceAt, 32), context.trace_id) ||
      !read_hex(header.substr(kParentAt, 16), context.parent_id) ||
      !read_hex(header.substr(kFlagsAt, 2), {&flags, 1})) {
    return std::nullopt;
  }
  if (!any(context.trace_id) || !any(context.parent_id)) return std::nullopt;
  context.sampled = (flags & kSampledFlag) != 0;
  return context;
}

Context new_trace(base::Rng* rng) {
  Context context;
  fill(rng, context.trace_id);
  start_span(&context, rng);
  return context;
}

void start_span(Context* context, base::Rng* rng) { fill(rng, context->span_id); }

}  // namespace dss::trace
