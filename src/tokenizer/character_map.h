// Code point → 16-bit number, in two stages: blocks of 128 share storage while all of a block is
// the same.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dss::tokenizer {

/// A table for all of Unicode whose code points mostly hold one of a few numbers. Reading is safe
/// from many threads.
class CharacterMap {
 public:
  /// Every code point holds 0. Numbers below `common` are the few that whole blocks may hold.
  explicit CharacterMap(std::uint16_t common);

  [[nodiscard]] std::uint16_t operator[](char32_t code_point) const {
    return values_[blocks_[code_point / kBlock] * kBlock + code_point % kBlock];
  }
  /// REQUIRES: code_point <= U+10FFFF.
  void set(char32_t code_point, std::uint16_t value);
  /// Sets first to last, both included. REQUIRES: first <= last <= U+10FFFF, value < common.
  void set_range(char32_t first, char32_t last, std::uint16_t value);

 private:
  static constexpr std::size_t kBlock = 128;
  static constexpr std::size_t kBlocks = 0x110000 / kBlock;

  std::uint16_t common_;
  std::array<std::uint16_t, kBlocks> blocks_{};
  std::vector<std::uint16_t> values_;
};

}  // namespace dss::tokenizer
