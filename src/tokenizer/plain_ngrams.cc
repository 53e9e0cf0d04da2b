#include "tokenizer/plain_ngrams.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "tokenizer/character_ngrams.h"

namespace dss::tokenizer {
namespace {

// Calls `use(i)` for every bit i that is set, from the lowest on.
template <typename Use>
void each_bit(std::uint64_t bits, Use use) {
  for (; bits != 0; bits &= bits - 1) use(static_cast<std::size_t>(std::countr_zero(bits)));
}

// One bit further down, with the lowest bit of `behind` on top.
std::uint64_t next_of(std::uint64_t bits, std::uint64_t behind) { return bits >> 1 | behind << 63; }
// One bit further up, with the highest bit of `before` below.
std::uint64_t previous_of(std::uint64_t bits, std::uint64_t before) {
  return bits << 1 | before >> 63;
}

const std::array<std::uint32_t, 128>& sign_hashes() {
  static const auto hashes = [] {
    std::array<std::uint32_t, 128> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
      const char sign = static_cast<char>(i);
      table[i] = hash_bytes(Kind::kWord, {&sign, 1});
    }
    return table;
  }();
  return hashes;
}

}  // namespace

bool PlainNgrams::read(std::string_view text, std::span<const std::size_t> shouts) {
  size_ = 0;
  if (text.size() > kMostBytes || !read_classes(text) || !take_insides(text)) return false;
  find_edges();
  append_characters();
  append_words();
  append_signs(text);
  if (has_compounds_) append_compounds();
  if (!shouts.empty()) append_shouts(shouts);
  return true;
}

// Whether there are no others among the bytes.
bool PlainNgrams::read_classes(std::string_view text) {
  blocks_ = text.size() / kBlock + 1;  // behind the text there is at least one blank
  blanked_[0] = ' ';
  std::uint64_t others = 0;
  for (std::size_t block = 0; block < blocks_; ++block) {
    const std::size_t at = block * kBlock;
    char tail[kBlock];
    const char* from = text.data() + at;
    if (text.size() - at < kBlock) {
      std::memset(tail, ' ', sizeof tail);
      std::memcpy(tail, from, text.size() - at);
      from = tail;
    }
    classes_[block] = read_block(from, blanked_.data() + 1 + at);
    others |= classes_[block].other;
  }
  classes_[blocks_] = {};
  return others == 0;
}

// Decides on apostrophes and stars; false if a star masks a letter.
bool PlainNgrams::take_insides(std::string_view text) {
  std::uint64_t before = 0;
  bool plain = true;
  for (std::size_t block = 0; block < blocks_; ++block) {
    const std::uint64_t inside = classes_[block].inside;
    each_bit(inside & ~previous_of(inside, before), [&](std::size_t i) {
      const std::size_t begin = block * kBlock + i;
      const std::size_t end = std::min(text.find_first_not_of("'*", begin), text.size());
      plain &= take_inside(text.substr(begin, end - begin), begin);
    });
    before = inside;
  }
  return plain;
}

// One or two of them between two characters of words belong to these; otherwise stars are signs.
bool PlainNgrams::take_inside(std::string_view run, std::size_t begin) {
  const bool in_word =
      run.size() <= 2 && begin > 0 && is_word(begin - 1) && is_word(begin + run.size());
  for (std::size_t i = 0; i < run.size(); ++i) {
    const std::size_t at = begin + i;
    const std::uint64_t bit = std::uint64_t{1} << (at % kBlock);
    if (in_word) {
      if (run[i] == '*') return false;
      classes_[at / kBlock].word |= bit;
    } else {
      blanked_[1 + at] = ' ';
      if (run[i] == '*') classes_[at / kBlock].sign |= bit;
    }
  }
  return true;
}

void PlainNgrams::find_edges() {
  std::uint64_t before = 0;
  std::uint64_t compounds = 0;
  std::size_t count = 0;
  for (std::size_t block = 0; block < blocks_; ++block) {
    const std::uint64_t words = classes_[block].word;
    const std::uint64_t behind_word = previous_of(words, before);
    each_bit(words ^ behind_word, [&](std::size_t i) {
      edges_[count++] = static_cast<std::uint32_t>(block * kBlock + i);
    });
    classes_[block].connect &= behind_word & next_of(words, classes_[block + 1].word);
    compounds |= classes_[block].connect;
    before = words;
  }
  words_ = count / 2;
  has_compounds_ = compounds != 0;
}

// Four characters are of one word, with one blank before and behind it, if the inner two are; five
// if the inner three are.
void PlainNgrams::append_characters() {
  std::uint32_t* out = hashes_.data() + size_;
  for (std::size_t block = 0; block < blocks_; ++block) {
    const std::uint64_t first = classes_[block].word;
    const std::uint64_t behind = classes_[block + 1].word;
    const std::uint64_t second = next_of(first, behind);
    const std::uint64_t four = first & second;
    const std::uint64_t five = four & next_of(second, behind >> 1);
    const char* const begin = blanked_.data() + block * kBlock;
    each_bit(four, [&](std::size_t i) {
      const std::uint64_t bytes = load_characters(begin + i);
      out[0] = hash_characters<4>(bytes);
      out[1] = hash_characters<5>(bytes);
      out += 1 + (five >> i & 1);
    });
  }
  size_ = static_cast<std::size_t>(out - hashes_.data());
}

void PlainNgrams::append_words() {
  if (words_ == 0) return;
  std::uint32_t* out = hashes_.data() + size_;
  std::uint32_t previous = *out++ = hash_bytes(Kind::kWord, word(0));
  for (std::size_t i = 1; i < words_; ++i, out += 2) {
    out[0] = hash_bytes(Kind::kWord, word(i));
    out[1] = hash_pair(previous, out[0]);
    previous = out[0];
  }
  size_ += 2 * words_ - 1;
}

void PlainNgrams::append_signs(std::string_view text) {
  const auto& hashes = sign_hashes();
  for (std::size_t block = 0; block < blocks_; ++block) {
    each_bit(classes_[block].sign, [&](std::size_t i) {
      append(hashes[static_cast<unsigned char>(text[block * kBlock + i])]);
    });
  }
}

// The joined readings of words with a connecting sign between them.
void PlainNgrams::append_compounds() {
  const auto connected = [this](std::size_t number) {
    const std::uint32_t end = edges_[2 * number + 1];
    return (classes_[end / kBlock].connect >> (end % kBlock) & 1) != 0;
  };
  for (std::size_t first = 0; first < words_;) {
    std::size_t last = first;
    while (connected(last)) ++last;
    if (last > first) append_joined(first, last);
    first = last + 1;
  }
}

// Of the words [first, last].
void PlainNgrams::append_joined(std::size_t first, std::size_t last) {
  std::array<char, 1 + kLongestCompound + 1 + kCharactersLoad> padded;
  padded[0] = ' ';
  std::size_t size = 1;
  for (std::size_t i = first; i <= last; ++i) {
    const std::string_view part = word(i);
    if (size - 1 + part.size() > kLongestCompound) return;
    std::memcpy(padded.data() + size, part.data(), part.size());
    size += part.size();
  }
  padded[size] = ' ';
  append(hash_bytes(Kind::kWord, {padded.data() + 1, size - 1}));
  const auto* const end = hash_ascii_characters(padded.data(), size + 1, hashes_.data() + size_);
  size_ = static_cast<std::size_t>(end - hashes_.data());
}

void PlainNgrams::append_shouts(std::span<const std::size_t> shouts) {
  if (words_ == 0) return;
  const std::size_t last = edges_[2 * (words_ - 1)];
  const auto count = std::ranges::upper_bound(shouts, last) - shouts.begin();
  for (std::size_t step = 1; step <= kMostShouts && step <= static_cast<std::size_t>(count);
       step *= 2) {
    const char name = static_cast<char>('0' + step);
    append(hash_bytes(Kind::kShout, {&name, 1}));
  }
}

}  // namespace dss::tokenizer
