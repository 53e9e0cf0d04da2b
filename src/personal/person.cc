#include <algorithm>

#include "personal/characters.h"
#include "personal/finders.h"
#include "personal/words.h"

namespace dss::personal {
namespace {

constexpr std::size_t kMostNameWords = 4;

class PersonFinder {
 public:
  PersonFinder(std::string_view text, const std::vector<Word>& words, Entities* found)
      : text_(text), words_(words), found_(found) {}

  void run() {
    for (std::size_t i = 0; i < words_.size();) i = std::max(i + 1, take_name_at(i));
  }

 private:
  [[nodiscard]] std::string_view spelling(std::size_t i) const {
    return text_.substr(words_[i].begin, words_[i].end - words_[i].begin);
  }
  [[nodiscard]] bool reads(std::size_t i, std::string_view lower_case) const {
    const std::string_view word = spelling(i);
    return std::equal(word.begin(), word.end(), lower_case.begin(), lower_case.end(),
                      [](char a, char b) { return lower(a) == b; });
  }
  [[nodiscard]] NameUse use(std::size_t i) const { return words_[i].meaning.use; }
  [[nodiscard]] bool is(std::size_t i, Role role) const { return words_[i].meaning.is(role); }
  [[nodiscard]] bool looks_like_name(std::size_t i) const {
    return words_[i].capital && words_[i].small && words_[i].end - words_[i].begin > 1;
  }
  // `J` or `J.`
  [[nodiscard]] bool is_initial(std::size_t i) const {
    return words_[i].capital && words_[i].end - words_[i].begin == 1;
  }
  [[nodiscard]] bool joins(std::size_t i) const {
    if (i >= words_.size()) return false;
    return words_[i].gap == ' ' || (words_[i].gap == '.' && i > 0 && is_initial(i - 1));
  }

  // The end of the name words from `i` on, particles and initials between them included.
  [[nodiscard]] std::size_t name_end(std::size_t i, std::size_t end) const {
    for (std::size_t taken = 1; taken < kMostNameWords && !words_[end - 1].possessive; ++taken) {
      std::size_t next = end;
      while (next - end < 2 && joins(next) && is(next, kParticle)) ++next;
      if (!joins(next) || !(looks_like_name(next) || is_initial(next))) break;
      end = next + 1;
    }
    return std::max(end, i);
  }

  // `Name:   Ann`: nothing but a colon and spaces stands between word `i` and the one before.
  [[nodiscard]] bool is_behind_colon(std::size_t i) const {
    const std::size_t colon = words_[i - 1].end;
    const std::string_view gap = text_.substr(colon, words_[i].begin - colon);
    return gap.starts_with(':') && gap.find_first_not_of(" :") == std::string_view::npos;
  }

  [[nodiscard]] bool follows_title(std::size_t i) const {
    if (i == 0 || (words_[i].gap != ' ' && words_[i].gap != '.')) return false;
    if (!words_[i - 1].capital && words_[i].gap != '.') return false;
    return is(i - 1, kTitle) || spelling(i - 1) == "M";
  }
  [[nodiscard]] bool follows_cue(std::size_t i) const {
    if (i == 0 || words_[i].gap == '\n') return false;
    if (words_[i].gap == ' ' && is(i - 1, kCue)) return true;
    const bool is_is = words_[i].gap == ' ' && i >= 2 && reads(i - 1, "is");
    if (is_is && reads(i - 2, "name")) return true;
    if (is_behind_colon(i)) return is(i - 1, kNameLabel);
    return words_[i].gap == ' ' && i >= 2 && reads(i - 1, "me") && reads(i - 2, "call");
  }
  // At the start of a sentence every word has a capital letter.
  [[nodiscard]] bool begins_sentence(std::size_t i) const {
    return i == 0 || words_[i].gap == '\0' || words_[i].gap == '\n' || words_[i].gap == '.';
  }

  [[nodiscard]] bool is_name(std::size_t i, std::size_t end) const {
    const std::size_t words = end - i;
    switch (use(i)) {
      case NameUse::kGiven:
        return true;
      case NameUse::kGivenAmbiguous:
        return words > 1 && use(end - 1) != NameUse::kUnknown;
      case NameUse::kSurname:
        return !begins_sentence(i);
      case NameUse::kUnknown:
        break;
    }
    return words > 1 && !begins_sentence(i) && use(end - 1) == NameUse::kSurname && words < 4;
  }

  // Takes the name that begins with word `i`; answers the word behind it, or `i`.
  std::size_t take_name_at(std::size_t i) {
    if (words_[i].number) return i;
    const bool cued = follows_title(i) || follows_cue(i);
    if (!looks_like_name(i)) return cued ? take_lower_case(i) : i;
    const std::size_t end = name_end(i, i + 1);
    if (!cued && !is_name(i, end)) return i;
    if (joins(end) && is(end, kNotPerson)) return end;
    if (is(end - 1, kNotPerson)) return end;
    return add(i, end);
  }

  // `my name is anna weber`: the lists decide alone.
  std::size_t take_lower_case(std::size_t i) {
    std::size_t end = i;
    while (end - i < 3 && end < words_.size() && (end == i || joins(end)) &&
           use(end) != NameUse::kUnknown) {
      ++end;
    }
    return end == i ? i : add(i, end);
  }

  std::size_t add(std::size_t i, std::size_t end) {
    std::size_t last = words_[end - 1].end;
    const std::string_view word = spelling(end - 1);
    if (word.ends_with("'s")) last -= 2;
    if (word.ends_with("’s")) last -= std::string_view("’s").size();
    if (last > words_[i].begin) found_->push_back({Kind::kPerson, words_[i].begin, last});
    return end;
  }

  const std::string_view text_;
  const std::vector<Word>& words_;
  Entities* found_;
};

}  // namespace

void find_persons(std::string_view text, const std::vector<Word>& words, Entities* found) {
  PersonFinder(text, words, found).run();
}

}  // namespace dss::personal
