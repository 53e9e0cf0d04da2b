#include "personal/number_groups.h"

#include "personal/characters.h"

namespace dss::personal {
namespace {

struct Separator {
  std::size_t size = 0;  ///< 0: none
  char kind = '\0';
};

bool opens_group(std::string_view text, std::size_t at) {
  return is_digit(byte_at(text, at)) ||
         (byte_at(text, at) == '(' && is_digit(byte_at(text, at + 1)));
}

Separator separator_at(std::string_view text, std::size_t at, bool behind_bracket) {
  const char c = byte_at(text, at);
  Separator separator;
  if (c == '-' || c == '.' || c == '/') separator = {1, c};
  if (const std::size_t space = space_at(text, at); space > 0) separator = {space, ' '};
  // One space may stand beside a dash or a stroke: 030 / 1234.
  if (separator.kind == ' ' &&
      (byte_at(text, at + separator.size) == '-' || byte_at(text, at + separator.size) == '/')) {
    separator.kind = byte_at(text, at + separator.size++);
    separator.size += space_at(text, at + separator.size);
  }
  if (separator.size == 0 && !behind_bracket && c != '(') return {};
  return opens_group(text, at + separator.size) ? separator : Separator{};
}

// Reads one group at `*at`; false: it does not fit, or its bracket is not closed.
bool read_group(std::string_view text, std::size_t* at, NumberGroups::Group* group,
                NumberGroups* numbers, std::size_t* total) {
  group->bracketed = byte_at(text, *at) == '(';
  std::size_t i = *at + (group->bracketed ? 1 : 0);
  for (; is_digit(byte_at(text, i)); ++i, ++group->size) {
    if (*total + group->size == NumberGroups::kMostDigits) return false;
    numbers->digits[*total + group->size] = text[i];
  }
  if (group->size == 0 || (group->bracketed && byte_at(text, i) != ')')) return false;
  group->end = i + (group->bracketed ? 1 : 0);
  *total += group->size;
  *at = group->end;
  return true;
}

}  // namespace

std::string_view NumberGroups::digits_of(std::size_t groups_taken) const {
  std::size_t size = 0;
  for (std::size_t i = 0; i < groups_taken; ++i) size += groups[i].size;
  return {digits.data(), size};
}

NumberGroups read_number_groups(std::string_view text, std::size_t begin) {
  NumberGroups numbers;
  std::size_t at = begin;
  numbers.plus = byte_at(text, at) == '+';
  if (numbers.plus) ++at;
  std::size_t total = 0;
  char separator = '\0';
  while (true) {
    NumberGroups::Group group;
    group.separator = separator;
    numbers.cut = numbers.count == NumberGroups::kMostGroups;
    if (numbers.cut) return numbers;
    if (!read_group(text, &at, &group, &numbers, &total)) {
      numbers.cut = is_digit(byte_at(text, at)) && numbers.count > 0;
      return numbers;
    }
    numbers.groups[numbers.count++] = group;
    const Separator next = separator_at(text, at, group.bracketed);
    if (next.size == 0 && !(opens_group(text, at) && (group.bracketed || text[at] == '('))) {
      return numbers;
    }
    separator = next.size == 0 ? 'p' : next.kind;
    at += next.size;
  }
}

}  // namespace dss::personal
