#include "personal/phone_shape.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "personal/characters.h"

namespace dss::personal {
namespace {

constexpr std::size_t kLeastLocal = 6;
constexpr std::size_t kMostNational = 12;

bool between(std::size_t value, std::size_t least, std::size_t most) {
  return value >= least && value <= most;
}

bool starts_with_any(std::string_view digits, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return digits.starts_with(start); });
}

// Digits behind `+` or `00`: country code and national number (E.164: 15 at most). Where the plan
// fixes a length, it is asked for.
bool is_international(std::string_view digits) {
  const std::size_t size = digits.size();
  if (!between(size, 8, 15) || digits[0] == '0') return false;
  if (digits[0] == '1') return size == 11;
  if (digits.starts_with("33")) return size == 11;
  if (digits.starts_with("44")) return between(size, 11, 12);
  return true;
}

class Shape {
 public:
  Shape(const NumberGroups& numbers, std::size_t count)
      : numbers_(numbers), count_(count), digits_(numbers.digits_of(count)) {}

  [[nodiscard]] PhoneShape judge() const {
    if (numbers_.plus || digits_.starts_with("00")) {
      return with_country() ? PhoneShape::kCertain : PhoneShape::kNone;
    }
    if (is_date()) return PhoneShape::kNone;
    if (is_north_american() || is_bracketed() || is_behind_zero() || is_compact()) {
      return PhoneShape::kCertain;
    }
    return is_possible() ? PhoneShape::kPossible : PhoneShape::kNone;
  }

 private:
  [[nodiscard]] std::size_t size(std::size_t i) const { return numbers_.groups[i].size; }
  [[nodiscard]] char separator(std::size_t i) const { return numbers_.groups[i].separator; }
  [[nodiscard]] bool sizes(std::initializer_list<std::size_t> wanted) const {
    if (wanted.size() != count_) return false;
    std::size_t i = 0;
    return std::all_of(wanted.begin(), wanted.end(), [&](std::size_t s) { return size(i++) == s; });
  }

  // A zero in brackets is dialled within the country only: +44 (0)20 …
  [[nodiscard]] bool with_country() const {
    std::array<char, NumberGroups::kMostDigits> dialled{};
    std::size_t used = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < count_; at += size(i++)) {
      const bool trunk =
          i > 0 && numbers_.groups[i].bracketed && size(i) == 1 && digits_[at] == '0';
      for (std::size_t k = 0; k < size(i) && !trunk; ++k) dialled[used++] = digits_[at + k];
    }
    std::string_view number(dialled.data(), used);
    if (!numbers_.plus) number.remove_prefix(2);
    return is_international(number);
  }

  // 3/31/1982, 31.12.99, 1982-03-31.
  [[nodiscard]] bool is_date() const {
    if (count_ < 3 || separator(1) != separator(2) || separator(1) == ' ') return false;
    const bool year_last = size(0) <= 2 && size(1) <= 2 && (size(2) == 4 || size(2) == 2);
    return (year_last && count_ == 3) || (size(0) == 4 && size(1) <= 2 && size(2) <= 2);
  }

  [[nodiscard]] bool is_north_american() const {
    const bool with_one = sizes({1, 3, 3, 4}) && digits_[0] == '1';
    const bool dashed = separator(1) != '/' && separator(2) != '/';
    return (with_one || sizes({3, 3, 4})) && dashed;
  }

  // (84) 7564-8830
  [[nodiscard]] bool is_bracketed() const {
    const std::size_t rest = digits_.size() - size(0);
    return numbers_.groups[0].bracketed && between(count_, 2, 5) && between(size(0), 2, 5) &&
           between(rest, 5, 9) && between(size(1), 2, 8);
  }

  // Area codes of France, Britain, Germany and others begin with the zero that is dialled first.
  [[nodiscard]] bool is_behind_zero() const {
    if (digits_[0] != '0' || count_ < 2 || size(0) < 2 || size(count_ - 1) < 2) return false;
    for (std::size_t i = 2; i < count_; ++i) {
      if (separator(i) == '/') return false;
    }
    const bool pairs = digits_.size() == 2 * count_ && size(0) == 2 && size(count_ - 1) == 2;
    return between(digits_.size(), 9, pairs ? 10 : kMostNational);
  }

  [[nodiscard]] bool is_compact() const {
    if (count_ != 1 || digits_[0] != '0') return false;
    const bool french = digits_.size() == 10;
    const bool british = digits_.size() == 11 && starts_with_any(digits_, {"01", "02", "03", "07"});
    const bool german_mobile =
        between(digits_.size(), 11, 12) && starts_with_any(digits_, {"015", "016", "017"});
    return french || british || german_mobile;
  }

  [[nodiscard]] bool is_possible() const {
    const std::size_t least = count_ == 1 ? kLeastLocal + 1 : kLeastLocal;
    if (count_ == 2 && separator(1) == '.') return false;  // 1234.5678 is a decimal fraction
    return between(digits_.size(), least, kMostNational) && count_ <= 5;
  }

  const NumberGroups& numbers_;
  const std::size_t count_;
  const std::string_view digits_;
};

}  // namespace

PhoneShape phone_shape(const NumberGroups& numbers, std::size_t count) {
  return count == 0 ? PhoneShape::kNone : Shape(numbers, count).judge();
}

}  // namespace dss::personal
