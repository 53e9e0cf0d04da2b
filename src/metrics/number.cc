#include "metrics/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace dss::metrics {
namespace {

/// |value| = d.ddd × 10^exponent with the fewest digits that read back as the same number.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal shortest(double magnitude) {
  std::array<char, 32> buffer{};
  const char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                  std::chars_format::scientific)
                        .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal out;
  for (const char c : text.substr(0, e)) {
    if (c != '.') out.digits += c;
  }
  out.exponent = std::atoi(text.data() + e + 1);
  return out;
}

void append_scientific(const Decimal& number, std::string* out) {
  *out += number.digits[0];
  if (number.digits.size() > 1) out->append(".").append(number.digits, 1);
  const int size = std::abs(number.exponent);
  out->append(number.exponent < 0 ? "e-" : "e+").append(size < 10 ? "0" : "");
  *out += std::to_string(size);
}

void append_positional(const Decimal& number, std::string* out) {
  if (number.exponent < 0) {
    out->append("0.").append(static_cast<std::size_t>(-number.exponent - 1), '0');
    *out += number.digits;
    return;
  }
  const auto whole = static_cast<std::size_t>(number.exponent) + 1;
  std::string digits = number.digits;
  if (digits.size() <= whole) digits.append(whole + 1 - digits.size(), '0');
  out->append(digits, 0, whole).append(".").append(digits, whole);
}

}  // namespace

void append_number(double value, std::string* out) {
  if (std::isnan(value)) {
    *out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    *out += value > 0 ? "+Inf" : "-Inf";
    return;
  }
  // Python switches to an exponent below 1e-4 and from 1e16 on, Go already from 1e6 on;
  // client_python follows Go for positive numbers only.
  const Decimal number = shortest(std::fabs(value));
  const int limit = std::signbit(value) ? 16 : 6;
  if (std::signbit(value)) *out += '-';
  if (number.exponent < -4 || number.exponent >= limit) {
    append_scientific(number, out);
  } else {
    append_positional(number, out);
  }
}

std::string format_number(double value) {
  std::string out;
  append_number(value, &out);
  return out;
}

}  // namespace dss::metrics
