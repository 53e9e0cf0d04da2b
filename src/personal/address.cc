#include <algorithm>
#include <array>
#include <string>

#include "personal/characters.h"
#include "personal/finders.h"
#include "personal/words.h"

namespace dss::personal {
namespace {

constexpr std::size_t kMostStreetWords = 5;
constexpr std::size_t kMostTailWords = 10;
constexpr std::size_t kLongestHouseNumber = 6;

// Endings of a street's name in one word: Hauptstraße 5.
constexpr auto kStreetEndings = std::to_array<std::string_view>(
    {"allee", "damm",  "gade",  "gasse", "gata",   "gatan",   "gracht", "kade",
     "katu",  "laan",  "platz", "plein", "straat", "strasse", "straße", "stræde",
     "ufer",  "vägen", "vegen", "vej",   "veien",  "weg"});
class AddressFinder {
 public:
  AddressFinder(std::string_view text, const std::vector<Word>& words, Entities* found)
      : text_(text), words_(words), found_(found) {}

  void run() {
    for (std::size_t i = 0; i < words_.size();) {
      if (is_military(i)) {
        const std::size_t last = found_->empty() ? 0 : found_->back().end;
        const std::size_t begin = std::max(words_[military_begin(i)].begin, last);
        found_->push_back({Kind::kAddress, begin, words_[i + 2].end});
        i += 3;
        continue;
      }
      const std::size_t end = address_at(i);
      if (end > i) found_->push_back({Kind::kAddress, words_[i].begin, words_[end - 1].end});
      i = std::max(i + 1, end);
    }
  }

 private:
  [[nodiscard]] std::string_view spelling(std::size_t i) const {
    return text_.substr(words_[i].begin, words_[i].end - words_[i].begin);
  }
  [[nodiscard]] bool is(std::size_t i, Role role) const { return words_[i].meaning.is(role); }
  [[nodiscard]] bool reads(std::size_t i, std::string_view lower_case) const {
    const std::string_view word = spelling(i);
    return std::equal(word.begin(), word.end(), lower_case.begin(), lower_case.end(),
                      [](char a, char b) { return lower(a) == b; });
  }
  [[nodiscard]] bool in_line(std::size_t i) const {
    return i < words_.size() && (words_[i].gap == ' ' || words_[i].gap == ',');
  }
  [[nodiscard]] bool is_house_number(std::size_t i) const {
    return i < words_.size() && words_[i].number &&
           words_[i].end - words_[i].begin <= kLongestHouseNumber;
  }
  [[nodiscard]] bool ends_in_street(std::size_t i) const {
    const std::string_view word = spelling(i);
    return std::any_of(kStreetEndings.begin(), kStreetEndings.end(), [&](std::string_view ending) {
      return word.size() > ending.size() + 2 && word.ends_with(ending);
    });
  }

  // Apt. 12, Suite 603.
  [[nodiscard]] bool is_unit(std::size_t k) const {
    if (k + 1 >= words_.size() || !words_[k + 1].number) return false;
    return (words_[k + 1].gap == ' ' || words_[k + 1].gap == '.') && is(k, kUnit);
  }
  // APO AE 09876: post of the US forces (USPS Publication 28).
  [[nodiscard]] bool is_military(std::size_t i) const {
    if (i + 2 >= words_.size() || words_[i + 1].gap != ' ' || words_[i + 2].gap != ' ')
      return false;
    const std::string_view office = spelling(i);
    const std::string_view region = spelling(i + 1);
    return (office == "APO" || office == "FPO" || office == "DPO") &&
           (region == "AA" || region == "AE" || region == "AP") && is_postcode(i + 2);
  }
  // The words before the post office in its address: PSC 1234, Box 5678.
  [[nodiscard]] std::size_t military_begin(std::size_t i) const {
    std::size_t begin = i;
    while (begin > 0 && i - begin < 4 && words_[begin].gap != '\0' && words_[begin].gap != '.' &&
           (words_[begin - 1].capital || words_[begin - 1].number)) {
      --begin;
    }
    return begin;
  }

  // The word behind the address that begins with word `i`; `i` if none does.
  [[nodiscard]] std::size_t address_at(std::size_t i) const {
    if (const std::size_t end = behind_box(i); end > i) return end;
    if (const std::size_t end = british_postcode(i); end > i) return end;
    std::size_t end = i;
    if (is_house_number(i)) end = behind_number(i);
    if (end == i && !words_[i].number) end = street_and_number(i);
    return end == i ? i : tail(end);
  }

  // P.O. Box 255, PO Box 255.
  [[nodiscard]] std::size_t behind_box(std::size_t i) const {
    std::size_t box = i + 1;
    if (reads(i, "p") && box < words_.size() && reads(box, "o") && words_[box].gap == '.') {
      ++box;
    } else if (!reads(i, "po")) {
      return i;
    }
    if (box + 1 >= words_.size() || !words_[box + 1].number || !in_line(box + 1)) return i;
    if (words_[box].gap != ' ' && words_[box].gap != '.') return i;
    return reads(box, "box") ? box + 2 : i;
  }

  [[nodiscard]] std::size_t british_postcode(std::size_t i) const {
    // SW1A 2AA reads as the words SW, 1A, 2AA: the letters have a number right behind them.
    const std::size_t first = words_[i].begin;
    if (!words_[i].capital || words_[i].small || words_[i].end - first > 2) return i;
    if (word_before(text_, first)) return i;
    std::size_t at = words_[i].end;
    if (!is_digit(byte_at(text_, at))) return i;
    ++at;
    if (is_digit(byte_at(text_, at)) || is_upper(byte_at(text_, at))) ++at;
    if (byte_at(text_, at) != ' ' || !is_digit(byte_at(text_, at + 1))) return i;
    at += 2;
    if (!is_upper(byte_at(text_, at)) || !is_upper(byte_at(text_, at + 1))) return i;
    if (word_at(text_, at + 2)) return i;
    std::size_t end = i;
    while (end < words_.size() && words_[end].begin < at + 2) ++end;
    return words_[end - 1].end == at + 2 ? end : i;
  }

  // 12 bis, rue de la Paix; 10 Downing Street; 28 Håndværkervej 35.
  [[nodiscard]] std::size_t behind_number(std::size_t i) const {
    std::size_t at = i + 1;
    while (at < i + 3 && in_line(at) && (words_[at].number || is(at, kNumberSuffix))) {
      ++at;
    }
    if (!in_line(at)) return i;
    if (is(at, kStreetBefore) && in_line(at + 1)) return street_words(at + 1, i);
    for (std::size_t k = at; k < at + kMostStreetWords && in_line(k); ++k) {
      if (k > at && is_unit(k)) return k + 2;
      if (!words_[k].capital && !words_[k].number) return i;
      if (k > at && words_[k].capital && is(k, kStreetBehind)) return k + 1;
      if (words_[k].capital && ends_in_street(k)) return k + 1;
    }
    return i;
  }

  // The name behind `rue`: up to the comma, the line's end or a number; a capital letter or
  // particles are in it.
  [[nodiscard]] std::size_t street_words(std::size_t at, std::size_t none) const {
    std::size_t end = none;
    for (std::size_t k = at; k < at + kMostStreetWords && k < words_.size(); ++k) {
      if (words_[k].gap != ' ') break;
      if (words_[k].capital || words_[k].number) {
        end = k + 1;
      } else if (words_[k].end - words_[k].begin > 3) {
        break;
      }
    }
    return end;
  }

  // Hauptstraße 5, Via Verbano 62, calle Mayor 3.
  [[nodiscard]] std::size_t street_and_number(std::size_t i) const {
    if (words_[i].capital && ends_in_street(i) && in_line(i + 1) && is_house_number(i + 1)) {
      return i + 2;
    }
    if (!is(i, kStreetBefore)) return i;
    for (std::size_t k = i + 1; k <= i + kMostStreetWords && in_line(k); ++k) {
      if (is_house_number(k) && k > i + 1) return k + 1;
      if (!words_[k].capital && words_[k].end - words_[k].begin > 3) return i;
    }
    return i;
  }

  // Number, flat, town and postcode behind the street: capitalised words and numbers, over line
  // ends; what has no number behind it within the limit is not taken.
  [[nodiscard]] std::size_t tail(std::size_t end) const {
    std::size_t best = end;
    for (std::size_t k = end; k < end + kMostTailWords && k < words_.size(); ++k) {
      const char gap = words_[k].gap;
      const bool unit = is(k, kUnit);
      if (gap == '\0' || (gap == '.' && !is(k - 1, kUnit))) break;
      if (!words_[k].capital && !words_[k].number && !unit) break;
      if (words_[k].number) best = k + 1;
      if (words_[k].number && is_postcode(k)) return town_behind(k + 1);
    }
    return best;
  }
  [[nodiscard]] bool is_postcode(std::size_t k) const {
    const std::size_t size = words_[k].end - words_[k].begin;
    return size == 5 && is_digit(text_[words_[k].end - 1]);
  }
  // 75002 Paris: the town stands in the postcode's line.
  [[nodiscard]] std::size_t town_behind(std::size_t k) const {
    const std::size_t limit = k + 3;
    while (k < limit && k < words_.size() && words_[k].gap == ' ' && words_[k].capital) ++k;
    return k;
  }

  const std::string_view text_;
  const std::vector<Word>& words_;
  Entities* found_;
};

}  // namespace

void find_addresses(std::string_view text, const std::vector<Word>& words, Entities* found) {
  AddressFinder(text, words, found).run();
}

}  // namespace dss::personal
