#include "otlp/encoding.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "json/reader.h"
#include "json/writer.h"

namespace dss::otlp {
namespace {

// SpanFlags of trace.proto: W3C's sampled bit, and whether the parent is known to be remote.
constexpr std::uint64_t kSampled = 0x001;
constexpr std::uint64_t kHasIsRemote = 0x100;
constexpr std::uint64_t kIsRemote = 0x200;
constexpr std::int64_t kStatusError = 2;

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

// 64-bit integers are decimal strings in Protobuf's JSON mapping.
void write_nanoseconds(base::SystemTime time, json::Writer* out) {
  const auto since = std::chrono::nanoseconds(time.time_since_epoch()).count();
  out->string(std::to_string(std::max<std::int64_t>(since, 0)));
}

struct ValueWriter {
  json::Writer* out;
  void operator()(const std::string& value) const { out->key("stringValue").string(value); }
  void operator()(std::int64_t value) const { out->key("intValue").string(std::to_string(value)); }
  void operator()(double value) const { out->key("doubleValue").number(value); }
  void operator()(bool value) const { out->key("boolValue").boolean(value); }
};

template <typename Value>
void write_attribute(std::string_view key, const Value& write_value, json::Writer* out) {
  out->begin_object().key("key").string(key).key("value").begin_object();
  write_value();
  out->end_object().end_object();
}

void write_span(const Span& span, json::Writer* out) {
  const bool root = std::all_of(span.parent_id.begin(), span.parent_id.end(),
                                [](auto byte) { return byte == 0; });
  out->begin_object();
  out->key("traceId").string(hex(span.trace_id)).key("spanId").string(hex(span.span_id));
  if (!root) out->key("parentSpanId").string(hex(span.parent_id));
  out->key("flags").unsigned_integer(kSampled | kHasIsRemote |
                                     (span.remote_parent ? kIsRemote : 0));
  out->key("name").string(span.name);
  out->key("kind").integer(static_cast<std::int64_t>(span.kind));
  write_nanoseconds(span.start, &out->key("startTimeUnixNano"));
  write_nanoseconds(span.end, &out->key("endTimeUnixNano"));
  out->key("attributes").begin_array();
  for (const Attribute& one : span.attributes) {
    write_attribute(one.key, [&] { std::visit(ValueWriter{out}, one.value); }, out);
  }
  out->end_array().key("status").begin_object();
  if (span.error) out->key("code").integer(kStatusError);
  out->end_object().end_object();
}

void write_resource(const Sender& sender, json::Writer* out) {
  out->key("resource").begin_object().key("attributes").begin_array();
  for (const auto& [key, value] : sender.resource) {
    const auto write = [out, &text = value] { out->key("stringValue").string(text); };
    write_attribute(key, write, out);
  }
  out->end_array().end_object();
}

}  // namespace

std::string export_request(const Sender& sender, std::span<const Span> spans) {
  std::string text;
  json::Writer out(&text);
  out.begin_object().key("resourceSpans").begin_array().begin_object();
  write_resource(sender, &out);
  out.key("scopeSpans").begin_array().begin_object();
  out.key("scope").begin_object().key("name").string(sender.scope_name);
  out.key("version").string(sender.scope_version).end_object();
  out.key("spans").begin_array();
  for (const Span& span : spans) write_span(span, &out);
  out.end_array().end_object().end_array();
  out.end_object().end_array().end_object();
  return text;
}

std::uint64_t rejected_spans(std::string_view response) {
  json::Reader reader;
  const auto parsed = reader.parse(response);
  if (!parsed) return 0;
  const auto partial = parsed->find("partialSuccess");
  const auto rejected = partial ? partial->find("rejectedSpans") : std::nullopt;
  if (!rejected) return 0;
  if (const auto number = rejected->unsigned_integer()) return *number;
  std::uint64_t count = 0;
  const std::string_view digits = rejected->string().value_or("");
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

}  // namespace dss::otlp
