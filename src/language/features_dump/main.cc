// For training: language_features SCRIPT (latin, cyrillic or arabic) reads one text per line and
// writes, for each, the rows that detection would add up for the words in that script. Output,
// native endian: u32 count, then count times u32 row.
#include <array>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/features.h"

namespace {

using dss::language::Script;

struct RowList {
  Script wanted;
  std::vector<std::uint32_t> rows;
  std::array<std::uint32_t, dss::language::kMaxWordFeatures> word_rows;
  std::uint32_t* room_for(Script) { return word_rows.data(); }
  void word(const dss::language::WordFeatures& word) {
    if (word.script == wanted) rows.insert(rows.end(), word.rows.begin(), word.rows.end());
  }
  void character(Script, char32_t) {}
};

std::optional<Script> parse_script(std::string_view name) {
  if (name == "latin") return Script::kLatin;
  if (name == "cyrillic") return Script::kCyrillic;
  if (name == "arabic") return Script::kArabic;
  return std::nullopt;
}

void write_rows(const std::vector<std::uint32_t>& rows) {
  const auto count = static_cast<std::uint32_t>(rows.size());
  std::fwrite(&count, sizeof count, 1, stdout);
  std::fwrite(rows.data(), sizeof(std::uint32_t), rows.size(), stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const auto script = argc == 2 ? parse_script(argv[1]) : std::nullopt;
  if (!script) {
    std::fputs("usage: language_features latin|cyrillic|arabic < lines > rows\n", stderr);
    return 2;
  }
  std::ios::sync_with_stdio(false);
  RowList list{*script, {}, {}};
  for (std::string line; std::getline(std::cin, line);) {
    list.rows.clear();
    dss::language::scan(line, &list);
    write_rows(list.rows);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
