#include "personal/words.h"

#include "base/utf8.h"
#include "personal/characters.h"

namespace dss::personal {
namespace {

// The small letter of a capital one of two bytes; other characters as they are.
char32_t lower_point(char32_t c) {
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if (c >= 0x100 && c <= 0x137) return c | 1U;
  if (c >= 0x139 && c <= 0x148) return c + (c & 1U);
  if (c >= 0x14A && c <= 0x177) return c | 1U;
  if (c >= 0x179 && c <= 0x17E) return c + (c & 1U);
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  return c >= 0x400 && c <= 0x40F ? c + 0x50 : c;
}

struct Letter {
  std::size_t size = 0;  ///< bytes; 0: no letter
  bool capital = false;
};

Letter letter_at(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  if (is_ascii_letter(c)) return {1, is_upper(c)};
  if (!is_letter_lead(c)) return {};
  std::size_t behind = at;
  const char32_t point = base::next_code_point(text, &behind);
  return {2, lower_point(point) != point};
}

// Bytes of an apostrophe or hyphen at `at`.
std::size_t joint_at(std::string_view text, std::size_t at) {
  const char c = byte_at(text, at);
  if (c == '\'' || c == '-') return 1;
  return c == '\xE2' && text.substr(at, 3) == "\xE2\x80\x99" ? 3 : 0;
}

std::size_t letters_end(std::string_view text, std::size_t at, Word* word) {
  while (true) {
    if (const Letter letter = letter_at(text, at); letter.size > 0) {
      word->small = word->small || !letter.capital;
      at += letter.size;
      continue;
    }
    const std::size_t joint = joint_at(text, at);
    if (joint == 0 || letter_at(text, at + joint).size == 0) return at;
    at += joint;
  }
}

std::size_t number_end(std::string_view text, std::size_t at) {
  while (is_digit(byte_at(text, at))) ++at;
  const bool letter = is_ascii_letter(byte_at(text, at)) && !word_at(text, at + 1);
  return letter ? at + 1 : at;
}

// `word` in small letters and without its 's; valid until the next call on this thread.
std::string_view stem(std::string_view word, bool* possessive) {
  thread_local std::string lowered;
  lowered.clear();
  append_lower(word, &lowered);
  std::string_view stem = lowered;
  for (const std::string_view ending : {"'s", "’s"}) {
    *possessive = stem.ends_with(ending);
    if (!*possessive) continue;
    stem.remove_suffix(ending.size());
    break;
  }
  return stem;
}

// Of `Jean-Pierre`, where the whole is not known, the first half counts.
Meaning meaning_of_stem(std::string_view stem) {
  const Meaning whole = meaning_of(stem);
  const std::size_t hyphen = stem.find('-');
  if (whole.use != NameUse::kUnknown || hyphen == std::string_view::npos) return whole;
  return {meaning_of(stem.substr(0, hyphen)).use, whole.roles};
}

char gap_of(std::string_view gap) {
  if (gap == " ") return ' ';
  if (gap.find('\n') != std::string_view::npos) {
    return gap.find_first_not_of(" \r\n,.>?") == std::string_view::npos ? '\n' : '\0';
  }
  if (gap == ", " || gap == ",") return ',';
  return gap == ". " || gap == "." ? '.' : '\0';
}

}  // namespace

void read_words(std::string_view text, std::vector<Word>* words) {
  words->clear();
  std::size_t behind = 0;
  for (std::size_t at = 0; at < text.size();) {
    Word word;
    word.begin = at;
    const Letter first = letter_at(text, at);
    word.number = is_digit(text[at]);
    word.capital = first.capital;
    if (first.size > 0) {
      at = letters_end(text, at, &word);
    } else if (word.number) {
      at = number_end(text, at);
    } else {
      ++at;
      continue;
    }
    word.end = at;
    if (!word.number) {
      word.meaning =
          meaning_of_stem(stem(text.substr(word.begin, at - word.begin), &word.possessive));
    }
    word.gap = gap_of(text.substr(behind, word.begin - behind));
    behind = at;
    words->push_back(word);
  }
}

void append_lower(std::string_view word, std::string* out) {
  for (std::size_t at = 0; at < word.size();) {
    if (!is_letter_lead(word[at])) {
      out->push_back(lower(word[at++]));
    } else {
      base::append_utf8(lower_point(base::next_code_point(word, &at)), out);
    }
  }
}

}  // namespace dss::personal
