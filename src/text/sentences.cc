#include "text/sentences.h"

namespace dss::text {
namespace {

// Full stops, exclamation and question marks of scripts that have their own.
constexpr std::string_view kWideEnds[] = {"。", "！", "？", "।", "؟", "۔"};

bool ends_sentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n') return true;
  const bool mark = c == '.' || c == '!' || c == '?';
  return mark && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n' ||
                  text[at + 1] == '"' || text[at + 1] == ')');
}

std::size_t wide_end_length(std::string_view text, std::size_t at) {
  for (const std::string_view end : kWideEnds) {
    if (text.substr(at, end.size()) == end) return end.size();
  }
  return 0;
}

}  // namespace

std::size_t sentence_end(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (ends_sentence(text, at)) return at + 1;
    if (static_cast<unsigned char>(text[at]) < 0x80) continue;
    const std::size_t length = wide_end_length(text, at);
    if (length > 0) return at + length;
  }
  return text.size();
}

}  // namespace dss::text
