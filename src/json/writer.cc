#include "json/writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace dss::json {
namespace {

bool must_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

// Whether a byte of `word` must be escaped
// (Mycroft's test for a byte less than n, or equal to n after an exclusive or).
bool has_special(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  const auto zero_byte = [](std::uint64_t x) { return (x - kOnes) & ~x & kHighs; };
  const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
  return (control | zero_byte(word ^ kOnes * '"') | zero_byte(word ^ kOnes * '\\')) != 0;
}

template <typename Word>
bool has_special_at(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  // The bytes that a narrower word lacks are blanks.
  constexpr std::uint64_t kBlanks = 0x2020202020202020ULL;
  return has_special(sizeof word == 8 ? word : word | kBlanks << (sizeof word * 8 % 64));
}

// Whether a text has bytes to escape; the last words overlap.
bool has_special(std::string_view text) {
  const std::size_t size = text.size();
  const char* const at = text.data();
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (has_special_at<std::uint64_t>(at + i)) return true;
    }
    return has_special_at<std::uint64_t>(at + size - 8);
  }
  if (size >= 4) {
    return has_special_at<std::uint32_t>(at) || has_special_at<std::uint32_t>(at + size - 4);
  }
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return must_escape(static_cast<unsigned char>(c)); });
}

void append_escape(unsigned char c, std::string* out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out->append("\\\"");
      return;
    case '\\':
      out->append("\\\\");
      return;
    case '\b':
      out->append("\\b");
      return;
    case '\f':
      out->append("\\f");
      return;
    case '\n':
      out->append("\\n");
      return;
    case '\r':
      out->append("\\r");
      return;
    case '\t':
      out->append("\\t");
      return;
    default:
      out->append("\\u00").append({kHex[c >> 4], kHex[c & 15]});
  }
}

template <typename Number>
std::string_view format(Number value, std::array<char, 32>* buffer) {
  const auto result = std::to_chars(buffer->data(), buffer->data() + buffer->size(), value);
  return {buffer->data(), static_cast<std::size_t>(result.ptr - buffer->data())};
}

template <typename Float>
void append_floating(Float value, std::string* out) {
  std::array<char, 32> buffer;
  const std::string_view digits = format(value, &buffer);
  out->append(digits);
  if (digits.find_first_of(".e") == std::string_view::npos) out->append(".0");
}

}  // namespace

namespace {

void append_escaped(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    must_escape(byte) ? append_escape(byte, out) : out->push_back(c);
  }
  out->push_back('"');
}

// In quotes, with `behind` after them.
void append_plain(std::string_view text, std::string_view behind, std::string* out) {
  const std::size_t before = out->size();
  out->resize(before + text.size() + 2 + behind.size());
  char* at = out->data() + before;
  *at++ = '"';
  at = std::copy(text.begin(), text.end(), at);
  *at++ = '"';
  std::copy(behind.begin(), behind.end(), at);
}

}  // namespace

void append_string(std::string_view text, std::string* out) {
  has_special(text) ? append_escaped(text, out) : append_plain(text, {}, out);
}

void append_number(double value, std::string* out) { append_floating(value, out); }
void append_number(float value, std::string* out) { append_floating(value, out); }

void append_number(std::int64_t value, std::string* out) {
  std::array<char, 32> buffer;
  out->append(format(value, &buffer));
}

void append_number(std::uint64_t value, std::string* out) {
  std::array<char, 32> buffer;
  out->append(format(value, &buffer));
}

Writer& Writer::begin(char bracket) {
  separate();
  out_->push_back(bracket);
  comma_ = false;
  return *this;
}

Writer& Writer::end(char bracket) {
  out_->push_back(bracket);
  comma_ = true;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  if (!has_special(name)) return plain_key(name);
  separate();
  append_escaped(name, out_);
  out_->push_back(':');
  comma_ = false;
  return *this;
}

Writer& Writer::plain_key(std::string_view name) {
  separate();
  append_plain(name, ":", out_);
  comma_ = false;
  return *this;
}

Writer& Writer::string(std::string_view value) {
  separate();
  append_string(value, out_);
  return *this;
}

Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }
Writer& Writer::null() { return raw("null"); }

Writer& Writer::integer(std::int64_t value) {
  separate();
  append_number(value, out_);
  return *this;
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
  separate();
  append_number(value, out_);
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  separate();
  out_->append(json);
  return *this;
}

template <typename Float>
Writer& Writer::finite(Float value) {
  if (!std::isfinite(value)) {
    ok_ = false;
    return null();
  }
  separate();
  append_number(value, out_);
  return *this;
}

template Writer& Writer::finite(double value);
template Writer& Writer::finite(float value);

}  // namespace dss::json
