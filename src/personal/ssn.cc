#include <array>

#include "personal/characters.h"
#include "personal/finders.h"
#include "personal/neighbours.h"

namespace dss::personal {
namespace {

constexpr std::array<std::string_view, 3> kWords = {"social", "ssn", "ssns"};
constexpr std::size_t kDigits = 9;

// Areas 000, 666 and from 900, group 00 and serial 0000 are never given out.
bool is_given_out(std::string_view digits) {
  const std::string_view area = digits.substr(0, 3);
  return area != "000" && area != "666" && area[0] != '9' && digits.substr(3, 2) != "00" &&
         digits.substr(5) != "0000";
}

struct Candidate {
  std::size_t end = 0;  ///< 0: none
  bool separated = false;
};

Candidate candidate_at(std::string_view text, std::size_t begin) {
  std::array<char, kDigits> digits{};
  const char separator = byte_at(text, begin + 3);
  const bool separated = separator == '-' || separator == ' ';
  std::size_t at = begin;
  for (std::size_t size = 0; size < kDigits; ++size) {
    if (separated && (size == 3 || size == 5) && byte_at(text, at++) != separator) return {};
    const char c = byte_at(text, at++);
    if (!is_digit(c)) return {};
    digits[size] = c;
  }
  if (word_at(text, at) || !is_given_out({digits.data(), kDigits})) return {};
  const bool more =
      (byte_at(text, at) == '-' || byte_at(text, at) == ' ') && is_digit(byte_at(text, at + 1));
  return more ? Candidate{} : Candidate{at, separated && separator == '-'};
}

bool number_before(std::string_view text, std::size_t at) {
  return at >= 2 && (text[at - 1] == '-' || text[at - 1] == '.') && is_digit(text[at - 2]);
}

}  // namespace

void find_ssns(std::string_view text, Entities* found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || word_before(text, at) || number_before(text, at)) continue;
    const Candidate candidate = candidate_at(text, at);
    if (candidate.end == 0) continue;
    if (!candidate.separated && !has_neighbour(text, at, candidate.end, kWords)) continue;
    found->push_back({Kind::kSsn, at, candidate.end});
    at = candidate.end - 1;
  }
}

}  // namespace dss::personal
