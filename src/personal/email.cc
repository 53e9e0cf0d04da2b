#include "personal/characters.h"
#include "personal/finders.h"

namespace dss::personal {
namespace {

constexpr std::string_view kAtext = "!#$%&'*+-/=?^_`{|}~.";

// Where the local part before the `@` begins, not before `floor`.
std::size_t local_begin(std::string_view text, std::size_t floor, std::size_t at) {
  std::size_t begin = at;
  while (begin > floor) {
    const char c = text[begin - 1];
    if (is_ascii_alnum(c) || kAtext.find(c) != std::string_view::npos) {
      --begin;
    } else if (begin >= floor + 2 && is_letter_lead(text[begin - 2])) {
      begin -= 2;
    } else {
      break;
    }
  }
  while (begin < at && !word_at(text, begin)) ++begin;
  return begin;
}

// The end of the label that begins at `begin`.
std::size_t label_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size()) {
    if (is_ascii_alnum(text[end]) || text[end] == '-') {
      ++end;
    } else if (is_letter_lead(text[end])) {
      end += 2;
    } else {
      break;
    }
  }
  while (end > begin && text[end - 1] == '-') --end;
  return end;
}

bool is_top_level(std::string_view label) {
  if (label.size() < 2) return false;
  for (const char c : label) {
    if (is_digit(c)) return label.starts_with("xn--");
  }
  return true;
}

// The end of the domain at `begin`: its last label that may be a top-level one; `begin` if there is
// no domain.
std::size_t domain_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t label = begin, labels = 0;; ++labels) {
    const std::size_t behind = label_end(text, label);
    if (behind == label) return end;
    if (labels > 0 && is_top_level(text.substr(label, behind - label))) end = behind;
    if (byte_at(text, behind) != '.') return end;
    label = behind + 1;
  }
}

}  // namespace

void find_emails(std::string_view text, Entities* found) {
  std::size_t floor = 0;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const std::size_t begin = local_begin(text, floor, at);
    const std::size_t end = domain_end(text, at + 1);
    floor = at + 1;
    if (begin == at || end == at + 1) continue;
    found->push_back({Kind::kEmail, begin, end});
    floor = end;
  }
}

}  // namespace dss::personal
