#include "text/fold.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/utf8.h"

extern "C" const unsigned char dss_embed_fold_table[];
extern "C" const unsigned long dss_embed_fold_table_size;
extern "C" const unsigned char dss_embed_confusables_table[];
extern "C" const unsigned long dss_embed_confusables_table_size;

namespace dss::text {
namespace {

constexpr std::size_t kPageSize = 256;
constexpr std::size_t kPages = 0x110000 / kPageSize;

// Code point → string, in two stages: pages of 256 are allotted where there is something to say.
class Table {
 public:
  explicit Table(std::string_view lines) {
    strings_.emplace_back();  // 0: no entry
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      read_line(lines.substr(0, end));
      lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
  }

  [[nodiscard]] const std::u32string* find(char32_t code_point) const {
    const auto& page = pages_[code_point / kPageSize];
    if (!page) return nullptr;
    const std::uint16_t index = (*page)[code_point % kPageSize];
    return index == 0 ? nullptr : &strings_[index];
  }

 private:
  using Page = std::array<std::uint16_t, kPageSize>;

  // "00E9 e" or "0080..0084 DROP"
  void read_line(std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    const std::size_t gap = line.find(' ');
    const std::string_view range = line.substr(0, gap);
    const std::size_t dots = range.find("..");
    const std::uint32_t first = hex(range.substr(0, dots));
    const std::uint32_t last = dots == std::string_view::npos ? first : hex(range.substr(dots + 2));
    const std::uint16_t index = intern(line.substr(gap + 1));
    for (std::uint32_t c = first; c <= last; ++c) {
      auto& page = pages_[c / kPageSize];
      if (!page) page = std::make_unique<Page>();
      (*page)[c % kPageSize] = index;
    }
  }

  static std::uint32_t hex(std::string_view digits) {
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
  }

  std::uint16_t intern(std::string_view shown) {
    std::u32string value;
    if (shown == "SPACE") {
      value = U" ";
    } else if (shown == "NEWLINE") {
      value = U"\n";
    } else if (shown != "DROP") {
      for (std::size_t at = 0; at < shown.size();) value += base::next_code_point(shown, &at);
    }
    if (strings_.size() == 1 || strings_.back() != value) strings_.push_back(std::move(value));
    return static_cast<std::uint16_t>(strings_.size() - 1);
  }

  std::array<std::unique_ptr<Page>, kPages> pages_;
  std::vector<std::u32string> strings_;
};

const Table& folds() {
  static const Table table(
      {reinterpret_cast<const char*>(dss_embed_fold_table), dss_embed_fold_table_size});
  return table;
}

const Table& look_alikes() {
  static const Table table({reinterpret_cast<const char*>(dss_embed_confusables_table),
                            dss_embed_confusables_table_size});
  return table;
}

}  // namespace

const std::u32string* fold(char32_t code_point) { return folds().find(code_point); }

char32_t look_alike(char32_t code_point) {
  const std::u32string* found = look_alikes().find(code_point);
  return found == nullptr ? 0 : found->front();
}

bool is_latin_variant(char32_t c) {
  return (c >= 0x0180 && c <= 0x02AF) || (c >= 0x1D00 && c <= 0x1DBF) ||
         (c >= 0xA720 && c <= 0xA7FF) || (c >= 0xAB30 && c <= 0xAB6F);
}

}  // namespace dss::text
