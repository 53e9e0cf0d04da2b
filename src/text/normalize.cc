#include "text/normalize.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/leet.h"
#include "text/look_alikes.h"
#include "text/repeats.h"
#include "text/separated.h"

namespace dss::text {
namespace {

constexpr std::size_t kMostGlyphs =
    16384;  // longer stretches without white space are repaired in parts
constexpr std::size_t kFewestCapitals = 3;
constexpr int kMostRepairs =
    16;  // each repair may uncover another; two or three suffice outside tests

// White space of ASCII.
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F); }

bool is_line_break(char32_t c) { return c >= U'\n' && c <= U'\r'; }
std::uint64_t lowest(std::uint64_t bits) { return bits & (0 - bits); }
std::uint64_t without_lowest(std::uint64_t bits) { return bits & (bits - 1); }
bool has_three(std::uint64_t bits) { return without_lowest(without_lowest(bits)) != 0; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; }

// Dropped characters that nobody writes between two Latin letters without meaning to hide the word.
bool hides_words(char32_t dropped) {
  const bool overlay =
      (dropped >= 0x0334 && dropped <= 0x0338) || (dropped >= 0x20D0 && dropped <= 0x20F0);
  const bool mark =
      (dropped >= 0x0300 && dropped <= 0x036F) || (dropped >= 0x1AB0 && dropped <= 0x1DFF);
  return overlay || (!mark && dropped != 0x00AD);
}

bool is_single_sign(char32_t c) {
  return is_letter(c) || std::u32string_view(U"013457@$!").find(c) != std::u32string_view::npos;
}

// Whether a word with marks between letters may hide another: "b!tch", "f.u.c.k".
bool may_be_repaired(std::uint64_t letters, std::string_view word) {
  const std::uint64_t alone = letters & ~(letters << 1) & ~(letters >> 1);
  return has_three(alone) || word.find('!') != std::string_view::npos;
}

bool is_mostly_latin(std::string_view text) {
  std::size_t letters = 0;
  std::size_t others = 0;
  for (const char c : text) {
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
    others += static_cast<unsigned char>(c) >= 0xC0 ? 1 : 0;
  }
  return letters > others;
}

// Punctuation that reads as a letter once the letters beside it are joined: "$h i t".
bool may_join_letters(char32_t c) { return c == U'$' || c == U'@'; }

// The place of the only letter among punctuation, or of a sign that stands alone; npos otherwise.
std::size_t find_single(const Glyphs& glyphs) {
  constexpr auto kNone = std::string_view::npos;
  if (glyphs.size() == 1) return is_single_sign(glyphs[0].code) ? 0 : kNone;
  std::size_t found = kNone;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const CharKind kind = kind_of(glyphs[i].code);
    if (kind == CharKind::kPunctuation && !may_join_letters(glyphs[i].code)) continue;
    if (kind != CharKind::kLetter || found != kNone) return kNone;
    found = i;
  }
  return found;
}

}  // namespace

void Normalizer::run(Valid text, Normalized* out) {
  source_ = text.bytes();
  map_.read(source_);
  out_ = out;
  latin_ = Latin::kUnknown;
  run_once();
  // Repairs may have shown that the text was Latin all along.
  if (latin_ == Latin::kNo && is_mostly_latin(out->text)) {
    latin_ = Latin::kYes;
    run_once();
  }
}

void Normalizer::run_once() {
  out_->text.clear();
  out_->text.reserve(source_.size());
  out_->origin.clear();
  out_->shouts.clear();
  out_->deobfuscated = false;
  gap_ = {};
  singles_.clear();
  for (std::size_t at = read_gap(0); at < source_.size(); at = read_gap(at)) {
    const std::size_t end = read_plain(at);
    at = end > at ? end : read_glyphs(at);
  }
  flush_singles();
}

// Reads white space; what does not stand between two words is forgotten.
std::size_t Normalizer::read_gap(std::size_t at) {
  const std::size_t begin = at;
  std::size_t count = 0;
  bool line_break = false;
  while (at < source_.size()) {
    const char byte = source_[at];
    std::size_t next = at + 1;
    char32_t code = static_cast<unsigned char>(byte);
    if (code >= 0x80) {
      code = base::next_code_point(source_, &(next = at));
      const std::u32string* folded = fold(code);
      if (folded == nullptr || folded->size() != 1 ||
          kind_of(folded->front()) != CharKind::kSpace) {
        break;
      }
      code = folded->front();
    } else if (!is_space(byte)) {
      break;
    }
    line_break |= is_line_break(code);
    ++count;
    at = next;
  }
  const bool inside = !out_->text.empty() || !singles_.empty();
  if (count > 0 && inside) gap_ = {line_break || count > 1 ? '\n' : ' ', begin, at};
  return at;
}

// What the bits say of the word that begins at `at`.
Normalizer::Glance Normalizer::glance(std::size_t at) const {
  const std::size_t end = map_.stop_from(at);
  const std::size_t size = end - at;
  const bool whole = end == source_.size() || is_space(source_[end]);
  if (!whole || size == 0 || size >= ByteMap::kWindow) return {end, Look::kCloser, false};
  const std::uint64_t inside = (std::uint64_t{1} << size) - 1;
  const std::uint64_t hard = ~map_.window(&ByteBlock::easy, at) & inside;
  if (hard == 0 && size > 1) return {end, Look::kPlain, false};
  const std::uint64_t letters = map_.window(&ByteBlock::letter, at) & inside;
  const std::uint64_t digits = map_.window(&ByteBlock::digit, at) & inside;
  const std::uint64_t marks = map_.window(&ByteBlock::mark, at) & inside;
  const std::uint64_t repeats = map_.window(&ByteBlock::repeat, at) & inside;
  const std::uint64_t capitals = map_.window(&ByteBlock::capital, at) & inside;
  if (size == 1) {
    const auto sign = static_cast<unsigned char>(map_.small()[at]);
    return {end, is_single_sign(sign) ? Look::kLoneSign : Look::kPlain, false};
  }
  const std::uint64_t marks_behind_letter = marks & (0 - lowest(letters));
  const bool letter_behind = marks_behind_letter != 0 && letters > lowest(marks_behind_letter);
  const bool one_letter = letters != 0 && letters == lowest(letters);
  const bool mixed = letters != 0 && digits != 0;
  const bool separated = letter_behind && may_be_repaired(letters, map_.small().substr(at, size));
  const bool closer = separated || one_letter || mixed || repeats != 0;
  const bool shout = letters == capitals && has_three(capitals);
  return {end, closer ? Look::kCloser : Look::kPlain, shout};
}

// Where the words end, apart by single blanks, that begin at `at` and of which the bits say all at
// once that there is nothing to repair or note; `at` if there are none.
std::size_t Normalizer::smooth_words(std::size_t at) const {
  const std::size_t rough = map_.rough_from(at);
  if (rough == source_.size()) return rough;
  std::size_t end = map_.stop_before(rough);
  if (end == rough || end < at + 2) return at;
  // A letter by itself goes with the next word.
  if (is_space(source_[end - 2])) end -= 2;
  return end;
}

// Copies words apart by single blanks that have nothing to repair, as many as there are; where they
// end, or `at` if the first one needs a closer look.
std::size_t Normalizer::read_plain(std::size_t at) {
  std::size_t end = at;
  std::size_t base = 0;
  const auto begin_copy = [&] {
    if (end > at) return;
    flush_singles();
    put_gap();
    base = out_->text.size();
  };
  for (std::size_t next = at;;) {
    if (end > at || singles_.empty()) {
      if (const std::size_t smooth = smooth_words(next); smooth > next) {
        begin_copy();
        end = smooth;
        if (end == source_.size()) break;
        next = end + 1;
      }
    }
    Glance word = glance(next);
    std::size_t begin = next;
    if (word.look == Look::kLoneSign && (end > at || singles_.empty())) {
      // A letter by itself stays as it is if the next word is more than one.
      if (word.end + 1 >= source_.size() || source_[word.end] != ' ') break;
      begin = word.end + 1;
      word = glance(begin);
    }
    if (word.look != Look::kPlain) break;
    begin_copy();
    if (word.shout) out_->shouts.push_back(base + (begin - at));
    end = word.end;
    next = end + 1;
    if (next >= source_.size() || source_[end] != ' ') break;
  }
  if (end == at) return at;
  out_->text.append(map_.small().substr(at, end - at));
  out_->origin.append_copied(end - at, at);
  return end;
}

// Notes that what is written next was a shout, if the source's bytes [begin, end) are in capitals.
void Normalizer::note_capitals(std::size_t begin, std::size_t end) {
  std::size_t capitals = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const char c = source_[i];
    if (c >= 'a' && c <= 'z') return;
    capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
  }
  if (capitals >= kFewestCapitals) out_->shouts.push_back(out_->text.size());
}

std::size_t Normalizer::read_glyphs(std::size_t at) {
  const std::size_t stretch = at;
  glyphs_.clear();
  bool hidden = false;
  while (at < source_.size() && glyphs_.size() < kMostGlyphs) {
    const std::size_t begin = at;
    char32_t code = static_cast<unsigned char>(source_[at]);
    if (code < 0x80) {
      if (is_space(source_[at])) break;
      ++at;
      const bool seen = code > 0x20 && code < 0x7F;
      const char32_t folded = static_cast<unsigned char>(small(static_cast<char>(code)));
      if (seen) glyphs_.push_back({folded, begin, at});
      hidden |= !seen;
      continue;
    }
    code = base::next_code_point(source_, &at);
    const std::u32string* folded = fold(code);
    if (folded == nullptr) {
      glyphs_.push_back({code, begin, at});
      continue;
    }
    if (!folded->empty() && kind_of(folded->front()) == CharKind::kSpace) {
      at = begin;
      break;
    }
    if (folded->empty()) hidden |= hides_words(code);
    for (const char32_t each : *folded) glyphs_.push_back({each, begin, at});
  }
  const bool latin = std::any_of(glyphs_.begin(), glyphs_.end(),
                                 [](const Glyph& glyph) { return is_ascii_letter(glyph.code); });
  out_->deobfuscated |= hidden && latin && glyphs_.size() > 1;
  repair(&glyphs_);
  place(stretch, at);
  return at;
}

void Normalizer::repair(Glyphs* glyphs) {
  const bool ascii = std::all_of(glyphs->begin(), glyphs->end(),
                                 [](const Glyph& glyph) { return glyph.code < 0x80; });
  for (int round = 0; round < kMostRepairs; ++round) {
    bool changed = !ascii && undo_look_alikes(glyphs, text_is_latin());
    changed |= decode_leet(glyphs);
    changed |= join_separated(glyphs);
    const Shortened shortened = shorten_repeats(glyphs);
    out_->deobfuscated |= changed || shortened.letters;
    if (!changed && !shortened.any) break;
  }
}

// Writes the repaired characters, or keeps a lone letter back until it is known whether it belongs
// to a word.
void Normalizer::place(std::size_t begin, std::size_t end) {
  if (glyphs_.empty()) return;
  const std::size_t single = find_single(glyphs_);
  const std::size_t lead = single == std::string_view::npos ? glyphs_.size() : single;
  if (lead > 0) {
    flush_singles();
    put_gap();
    note_capitals(begin, end);
    put(glyphs_, 0, lead);
  }
  if (lead == glyphs_.size()) return;
  take_single(glyphs_[lead]);
  if (lead + 1 == glyphs_.size()) return;
  flush_singles();
  put(glyphs_, lead + 1, glyphs_.size());
}

void Normalizer::take_single(const Glyph& letter) {
  if (gap_.sign != ' ') flush_singles();
  singles_.push_back({letter, gap_});
  gap_ = {};
}

void Normalizer::flush_singles() {
  if (singles_.empty()) return;
  const Gap waiting = gap_;
  spelled_.clear();
  for (const Single& single : singles_) spelled_.push_back(single.glyph);
  if (spells_word(spelled_)) {
    out_->deobfuscated = true;
    repair(&spelled_);
    gap_ = singles_.front().gap;
    put_gap();
    put(spelled_, 0, spelled_.size());
  } else {
    for (std::size_t i = 0; i < singles_.size(); ++i) {
      gap_ = singles_[i].gap;
      put_gap();
      put(spelled_, i, i + 1);
    }
  }
  singles_.clear();
  gap_ = waiting;
}

// Writes the waiting white space.
void Normalizer::put_gap() {
  if (gap_.sign == 0) return;
  out_->text.push_back(gap_.sign);
  if (gap_.end - gap_.begin == 1) {
    out_->origin.append_copied(1, gap_.begin);
  } else {
    out_->origin.append_replaced(1, gap_.begin, gap_.end);
  }
  gap_ = {};
}

void Normalizer::put(const Glyphs& glyphs, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    const Glyph& glyph = glyphs[i];
    const std::size_t before = out_->text.size();
    base::append_utf8(glyph.code, &out_->text);
    const std::size_t length = out_->text.size() - before;
    if (length == 1 && glyph.end - glyph.begin == 1) {
      out_->origin.append_copied(1, glyph.begin);
    } else {
      out_->origin.append_replaced(length, glyph.begin, glyph.end);
    }
  }
}

bool Normalizer::text_is_latin() {
  if (latin_ == Latin::kUnknown) latin_ = is_mostly_latin(source_) ? Latin::kYes : Latin::kNo;
  return latin_ == Latin::kYes;
}

}  // namespace dss::text
