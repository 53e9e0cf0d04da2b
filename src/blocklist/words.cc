#include "blocklist/words.h"

#include "base/utf8.h"
#include "text/characters.h"

namespace dss::blocklist {

bool is_word_character(char32_t code_point) {
  return text::is_letter(code_point) || text::is_digit(code_point);
}

const std::vector<Word>& WordReader::read(std::string_view text) {
  normalizer_.run(text::Valid::promise(text), &normalized_);
  words_.clear();
  const std::string_view read = normalized_.text;
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto finish = [&](std::size_t end) {
    if (end == begin) return;
    words_.push_back({.letters = read.substr(begin, end - begin),
                      .begin = normalized_.origin.begin_of(begin),
                      .end = normalized_.origin.end_of(end - 1)});
  };
  while (at < read.size()) {
    const std::size_t here = at;
    if (is_word_character(base::next_code_point(read, &at))) continue;
    finish(here);
    begin = at;
  }
  finish(read.size());
  return words_;
}

}  // namespace dss::blocklist
