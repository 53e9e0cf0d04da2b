// The sentences of a text as somebody wrote it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dss::text {

/// Bytes [begin, end) of a text.
struct ByteSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

/// The sentences in order, without the white space around them; none for a blank text. They end
/// where sentence_end() says, closing quotes and brackets included. At most `most`: of a text with
/// more, neighbours share a span, equally many in each but the last. Linear. REQUIRES: valid UTF-8,
/// most > 0.
[[nodiscard]] std::vector<ByteSpan> sentence_spans(std::string_view text, std::size_t most);

}  // namespace dss::text
