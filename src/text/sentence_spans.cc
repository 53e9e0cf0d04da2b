#include "text/sentence_spans.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/sentences.h"

namespace dss::text {
namespace {

constexpr std::string_view kClosing[] = {"\"", "'", ")", "]", "”", "’", "»", "」"};

// Behind the quotes and brackets that close at `at`.
std::size_t behind_closing(std::string_view text, std::size_t at) {
  for (bool more = at > 0 && text[at - 1] != '\n'; more;) {
    const auto* mark = std::find_if(std::begin(kClosing), std::end(kClosing), [&](auto closing) {
      return text.substr(at).starts_with(closing);
    });
    more = mark != std::end(kClosing);
    if (more) at += mark->size();
  }
  return at;
}

std::vector<ByteSpan> all_sentences(std::string_view text) {
  std::vector<ByteSpan> sentences;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = behind_closing(text, sentence_end(text, begin));
    const std::string_view inner = base::trim(text.substr(begin, end - begin));
    if (!inner.empty()) {
      const auto first = static_cast<std::size_t>(inner.data() - text.data());
      sentences.push_back({first, first + inner.size()});
    }
    begin = end;
  }
  return sentences;
}

}  // namespace

std::vector<ByteSpan> sentence_spans(std::string_view text, std::size_t most) {
  std::vector<ByteSpan> sentences = all_sentences(text);
  if (sentences.size() <= most) return sentences;
  const std::size_t together = (sentences.size() + most - 1) / most;
  std::vector<ByteSpan> spans;
  for (std::size_t i = 0; i < sentences.size(); i += together) {
    spans.push_back(
        {sentences[i].begin, sentences[std::min(i + together, sentences.size()) - 1].end});
  }
  return spans;
}

}  // namespace dss::text
