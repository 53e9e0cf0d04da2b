// The trained tables that are embedded in the program, and where each language stands in them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "language/alphabet.h"

namespace dss::language {

inline constexpr int kLanes = 16;
using Row =
    std::array<std::int8_t, kLanes>;  ///< one weight for each language of the table, in lane order

inline constexpr char32_t kHanBegin = 0x4E00, kHanEnd = 0xA000;

/// Which lanes a script's languages have in its table, and their names.
struct Lanes {
  int first = 0;
  std::span<const std::string_view> codes;
};

/// Empty unless several languages share `script` (Latin, Cyrillic, Arabic).
[[nodiscard]] Lanes lanes_of(Script script);

/// File layout, little-endian: magic, version, rows, scales and biases; then the Latin rows, the
/// Cyrillic and Arabic rows, one byte for each Han character from U+4E00. `checksum` is XXH3-64
/// (seed 0) of everything behind the header.
struct TableHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t latin_rows;
  std::uint32_t cyrillic_arabic_rows;
  std::uint32_t han_characters;
  float latin_scale;            ///< logit = scale × sum of weights + bias
  float cyrillic_arabic_scale;  ///< the same for both scripts
  float han_scale;
  float kana_logit;  ///< what one kana adds to the logit of Japanese against Chinese
  float latin_bias[kLanes];
  float cyrillic_arabic_bias[kLanes];
  std::uint64_t checksum;
};
static_assert(sizeof(TableHeader) == 176);
inline constexpr std::string_view kTableMagic{"DSSLANG\0", 8};
inline constexpr std::uint32_t kTableVersion = 1;

struct Table {
  const TableHeader* header;
  const Row* latin;
  const Row* cyrillic_arabic;
  const std::int8_t* han;  ///< positive speaks for Japanese
};

/// Table views into `bytes`, which must outlive them and be aligned to 16.
/// Errors: kCorrupt when magic, version, sizes or checksum do not fit.
[[nodiscard]] base::Result<Table> read_table(std::span<const unsigned char> bytes);

/// The table inside this program, not checked again at run time: the tests and the build pin it.
[[nodiscard]] Table embedded_table();
[[nodiscard]] std::span<const unsigned char> embedded_bytes();

}  // namespace dss::language
