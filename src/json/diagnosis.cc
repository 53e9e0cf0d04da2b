#include "json/diagnosis.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "json/name_set.h"

namespace dss::json {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The four hexadecimal digits at `at`, if they stand there.
std::optional<unsigned> hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  unsigned value = 0;
  const char* end = text.data() + at + 4;
  const auto result = std::from_chars(text.data() + at, end, value, 16);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

bool is_high(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// First escape that is half a pair; escapes that are not hexadecimal are passed over.
std::optional<std::size_t> find_lone_surrogate(std::string_view text) {
  std::size_t at = text.find('\\');
  while (at < text.size()) {
    std::size_t behind = at + 2;
    if (at + 1 < text.size() && text[at + 1] == 'u') {
      const unsigned unit = hex4(text, behind).value_or(0);
      if (is_low(unit)) return at;
      if (is_high(unit)) {
        if (text.substr(at + 6, 2) != "\\u") return at;
        if (!is_low(hex4(text, at + 8).value_or(0))) return at;
        behind = at + 12;
      }
    }
    at = text.find('\\', behind);
  }
  return std::nullopt;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t valid = 0;
  std::size_t end = text.size();
  while (valid < end) {
    std::size_t length = 1;
    while (length <= 4 && valid + length <= end &&
           !base::is_valid_utf8(text.substr(valid, length))) {
      ++length;
    }
    if (length > 4 || valid + length > end) return valid;
    valid += length;
  }
  return valid;
}

// Walks the text until `error_` is set. Open containers stand in `open_`; recursion only goes down
// into first elements.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(max_depth) {}

  ParseError scan() {
    value();
    while (!error_ && !open_.empty()) step();
    skip_space();
    if (!error_ && at_ < text_.size()) fail("Extra data", at_);
    return error_.value_or(ParseError{Fault::kSyntax, "Document refused", 0});
  }

 private:
  struct Container {
    bool object = false;
    NameSet names{};
  };

  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void fail(std::string_view reason, std::size_t at, Fault fault = Fault::kSyntax) {
    if (!error_) error_ = ParseError{fault, reason, at};
  }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\n\r").find(text_[at_]) != text_.npos) ++at_;
  }

  // One value; of a container only its beginning, up to and with the first element or the closing
  // bracket.
  void value() {
    skip_space();
    switch (here()) {
      case '"':
        string();
        return;
      case '{':
        open(true);
        return;
      case '[':
        open(false);
        return;
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  void open(bool object) {
    if (open_.size() == max_depth_) return fail("Nested too deeply", at_, Fault::kDepth);
    open_.push_back({.object = object});
    ++at_;
    skip_space();
    if (here() == (object ? '}' : ']') && at_ < text_.size()) return close();
    if (object) {
      member();
    } else {
      value();
    }
  }

  void close() {
    ++at_;
    open_.pop_back();
  }

  // What follows an element of the innermost open container.
  void step() {
    skip_space();
    const bool object = open_.back().object;
    if (at_ < text_.size() && here() == (object ? '}' : ']')) return close();
    if (here() != ',') return fail("Expecting ',' delimiter", at_);
    ++at_;
    if (object) {
      member();
    } else {
      value();
    }
  }

  void member() {
    skip_space();
    if (here() != '"') return fail("Expecting property name enclosed in double quotes", at_);
    const std::size_t begin = at_;
    string();
    if (error_) return;
    if (!open_.back().names.insert(unescaped(text_.substr(begin, at_ - begin)))) {
      return fail("Duplicate property name", begin, Fault::kDuplicateKey);
    }
    skip_space();
    if (here() != ':') return fail("Expecting ':' delimiter", at_);
    ++at_;
    value();
  }

  // Lives as long as this scanner.
  std::string_view unescaped(std::string_view quoted) {
    if (quoted.find('\\') == quoted.npos) return quoted.substr(1, quoted.size() - 2);
    std::string_view name;
    const simdjson::padded_string padded(quoted);
    if (parser_.parse(padded).get(name) != simdjson::SUCCESS) return quoted;
    return unescaped_.emplace_back(name);
  }

  void word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return fail("Expecting value", at_);
    at_ += expected.size();
  }

  void digits() {
    while (is_digit(here())) ++at_;
  }

  // -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?  A tail that does not fit is left for what comes
  // next to complain.
  void number() {
    const std::size_t begin = at_;
    if (here() == '-') ++at_;
    if (!is_digit(here())) return fail("Expecting value", begin);
    if (here() == '0') {
      ++at_;
    } else {
      digits();
    }
    if (here() == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
      ++at_;
      digits();
    }
    if (here() == 'e' || here() == 'E') {
      const std::size_t sign = text_.substr(at_ + 1, 1).find_first_of("+-") == 0 ? 1 : 0;
      if (at_ + 1 + sign < text_.size() && is_digit(text_[at_ + 1 + sign])) {
        at_ += 1 + sign;
        digits();
      }
    }
    if (!representable(text_.substr(begin, at_ - begin))) {
      fail("Number out of range", begin, Fault::kNumber);
    }
  }

  // Underflow rounds to zero, which is fine; from_chars does not tell it from overflow.
  static bool representable(std::string_view digits) {
    double value = 0;
    const char* end = digits.data() + digits.size();
    return std::from_chars(digits.data(), end, value).ec == std::errc() ||
           std::isfinite(std::strtod(std::string(digits).c_str(), nullptr));
  }

  void string() {
    const std::size_t begin = at_++;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return;
      }
      if (static_cast<unsigned char>(c) < 0x20) return fail("Invalid control character at", at_);
      if (c == '\\') {
        if (at_ + 1 == text_.size()) break;
        escape();
        if (error_) return;
      }
    }
    fail("Unterminated string starting at", begin);
  }

  // Leaves `at_` on the escape's last byte.
  void escape() {
    const std::size_t begin = at_++;
    if (here() != 'u') {
      if (std::string_view("\"\\/bfnrt").find(here()) == std::string_view::npos) {
        fail("Invalid \\escape", begin);
      }
      return;
    }
    // Python wants a byte behind the digits, too.
    if (!hex4(text_, at_ + 1) || at_ + 5 >= text_.size())
      return fail("Invalid \\uXXXX escape", at_);
    at_ += 4;
  }

  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::vector<Container> open_;
  simdjson::dom::parser parser_{};
  std::deque<std::string> unescaped_{};
  std::optional<ParseError> error_;
};

}  // namespace

bool has_lone_surrogate(std::string_view text) { return find_lone_surrogate(text).has_value(); }

ParseError diagnose(std::string_view text, std::size_t max_depth) {
  if (!base::is_valid_utf8(text)) {
    return {Fault::kEncoding, "Invalid UTF-8", first_invalid_utf8(text)};
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return {Fault::kSyntax, "Unexpected UTF-8 BOM", 0};
  ParseError error = Scanner(text, max_depth).scan();
  const auto surrogate = find_lone_surrogate(text);
  if (surrogate && (error.offset > *surrogate || error.reason == "Document refused")) {
    return {Fault::kSurrogate, "Lone surrogate in \\uXXXX escape", *surrogate};
  }
  return error;
}

}  // namespace dss::json
