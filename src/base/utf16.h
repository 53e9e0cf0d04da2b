// Offsets in UTF-16 code units, as browsers, Java and Google's protocols count characters.
#pragma once

#include <cstddef>
#include <string_view>

namespace dss::base {

/// How many UTF-16 code units `text` would take: one a code point, two from U+10000 on. REQUIRES:
/// valid UTF-8.
[[nodiscard]] std::size_t count_utf16(std::string_view text);

/// Turns increasing byte offsets into UTF-16 offsets in one walk over the text.
class Utf16Counter {
 public:
  /// REQUIRES: valid UTF-8 that outlives this object.
  explicit Utf16Counter(std::string_view text) : text_(text) {}
  /// Code units before byte `offset`. REQUIRES: offsets never decrease; each lies on a boundary, at
  /// most size().
  [[nodiscard]] std::size_t at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::size_t units_ = 0;
};

}  // namespace dss::base
