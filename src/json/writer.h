// JSON out (RFC 8259), appended to a string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dss::json {

/// Appends `text` in quotes: `"`, `\` and control characters escaped, all other UTF-8 as it is.
/// REQUIRES: valid UTF-8.
void append_string(std::string_view text, std::string* out);

/// Appends the fewest digits that round to the same value, and always a fraction or an exponent, so
/// that readers with two number types take it for a floating one: `1.0`, `0.25`, `1e-07`. REQUIRES:
/// finite.
void append_number(double value, std::string* out);
/// The same for single precision: the fewest digits that give this float back once rounded to
/// single precision.
void append_number(float value, std::string* out);
void append_number(std::int64_t value, std::string* out);
void append_number(std::uint64_t value, std::string* out);

/// Builds one document, commas included. The caller balances begin and end and gives each member a
/// key. Not thread-safe. REQUIRES: strings and keys are valid UTF-8.
class Writer {
 public:
  /// Appends to `out`, which must outlive the writer.
  explicit Writer(std::string* out) : out_(out) {}

  Writer& begin_object() { return begin('{'); }
  Writer& end_object() { return end('}'); }
  Writer& begin_array() { return begin('['); }
  Writer& end_array() { return end(']'); }
  Writer& key(std::string_view name);
  /// A literal name that needs no escapes.
  template <std::size_t size>
  Writer& key(const char (&name)[size]) {
    return plain_key({name, size - 1});
  }

  Writer& string(std::string_view value);
  Writer& boolean(bool value);
  Writer& null();
  /// NaN and infinities have no JSON: `null` is written and ok() turns false.
  Writer& number(double value) { return finite(value); }
  Writer& number(float value) { return finite(value); }
  Writer& integer(std::int64_t value);
  Writer& unsigned_integer(std::uint64_t value);
  /// A value that is JSON already.
  Writer& raw(std::string_view json);

  /// False once a number had no JSON form.
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  Writer& plain_key(std::string_view name);
  Writer& begin(char bracket);
  Writer& end(char bracket);
  template <typename Float>
  Writer& finite(Float value);
  void separate() {
    if (comma_) out_->push_back(',');
    comma_ = true;
  }

  std::string* out_;
  bool comma_ = false;
  bool ok_ = true;
};

}  // namespace dss::json
