// The reading of a text that the linear model is trained on and scores: one spelling for what
// people see as one word.
#pragma once

#include <string>
#include <vector>

#include "text/byte_map.h"
#include "text/glyphs.h"
#include "text/offset_map.h"
#include "text/valid.h"

namespace dss::text {

/// What normalising made of a text.
struct Normalized {
  std::string text;  ///< UTF-8; words apart by one ' ', or '\n' where the original had a line
                     ///< break; none at the ends
  OffsetMap origin;  ///< every byte of `text` → bytes of the original
  std::vector<std::size_t> shouts;  ///< offsets in `text`, ascending, of the stretches without
                                    ///< white space that were written in capitals: three ASCII
                                    ///< capitals or more and no small ASCII letter
  bool deobfuscated =
      false;  ///< something beyond compatibility forms, accents, case and punctuation was undone
};

/// Normalises, in this order: NFKD forms, accents and capitals (fold.h), look-alikes
/// (look_alikes.h), digits and signs for letters (leet.h), letters pulled apart (separated.h), runs
/// (repeats.h). Nothing a reader sees is deleted: other scripts, digits, punctuation and emoji
/// stay. Normalising the result again changes nothing, but for stretches of more than 16,384
/// characters without white space. Linear in the text's length. Keeps scratch memory between calls:
/// one object per thread.
class Normalizer {
 public:
  void run(Valid text, Normalized* out);

 private:
  struct Gap {
    char sign = 0;  // ' ' or '\n'; 0: none
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  struct Single {  // a letter that stands alone between white space
    Glyph glyph;
    Gap gap;  // before it
  };

  enum class Latin : unsigned char { kUnknown, kNo, kYes };
  enum class Look : unsigned char { kPlain, kLoneSign, kCloser };
  struct Glance {  // at a word
    std::size_t end = 0;
    Look look = Look::kCloser;
    bool shout = false;
  };

  void run_once();
  std::size_t read_gap(std::size_t at);
  [[nodiscard]] Glance glance(std::size_t at) const;
  [[nodiscard]] std::size_t smooth_words(std::size_t at) const;
  std::size_t read_plain(std::size_t at);
  std::size_t read_glyphs(std::size_t at);
  void repair(Glyphs* glyphs);
  void place(std::size_t begin, std::size_t end);
  void take_single(const Glyph& letter);
  void flush_singles();
  void put_gap();
  void put(const Glyphs& glyphs, std::size_t first, std::size_t last);
  void note_capitals(std::size_t begin, std::size_t end);
  bool text_is_latin();

  std::string_view source_;
  ByteMap map_;
  Normalized* out_ = nullptr;
  Gap gap_;  // waits for the next word
  Glyphs glyphs_;
  Glyphs spelled_;  // the letters of singles_
  std::vector<Single> singles_;
  Latin latin_ = Latin::kUnknown;  // whether most letters of the text are
};

}  // namespace dss::text
