// Digits in groups, as telephone numbers are written.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dss::personal {

/// `+33 (0)1 23-45`: groups of digits with one separator (space, `-`, `.`, `/`) between them, one
/// of them perhaps in brackets.
struct NumberGroups {
  static constexpr std::size_t kMostGroups = 8;
  static constexpr std::size_t kMostDigits = 18;

  struct Group {
    std::size_t size = 0;   ///< digits
    std::size_t end = 0;    ///< byte behind it, and behind its bracket
    char separator = '\0';  ///< before it; '\0': none, as before the first
    bool bracketed = false;
  };

  bool plus = false;  ///< a `+` stands in front
  std::size_t count = 0;
  std::array<Group, kMostGroups> groups{};
  std::array<char, kMostDigits> digits{};  ///< of all groups
  bool cut = false;                        ///< there are more of them than fit

  /// The digits of the first `groups_taken` groups.
  [[nodiscard]] std::string_view digits_of(std::size_t groups_taken) const;
};

/// The groups that begin at `begin`; a longer number is cut.
[[nodiscard]] NumberGroups read_number_groups(std::string_view text, std::size_t begin);

}  // namespace dss::personal
