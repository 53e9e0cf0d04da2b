// What a key or a token allows.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dss::auth {

enum class Role : std::uint8_t {
  kScore = 1,     ///< have texts scored, in every protocol
  kFeedback = 2,  ///< say what texts deserve
  kMetrics = 4,   ///< read /metrics and /stats
  kAdmin = 8,     ///< everything
};

/// A set of roles. kAdmin includes all others.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr explicit Roles(std::uint8_t bits) : bits_(bits) {}
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) add(role);
  }

  constexpr void add(Role role) { bits_ |= static_cast<std::uint8_t>(role); }
  /// Whether what needs `role` is allowed.
  [[nodiscard]] constexpr bool allow(Role role) const {
    constexpr auto kAll = static_cast<std::uint8_t>(Role::kAdmin);
    return (bits_ & (static_cast<std::uint8_t>(role) | kAll)) != 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
  constexpr bool operator==(const Roles&) const = default;

 private:
  std::uint8_t bits_ = 0;
};

/// `score`, `feedback`, `metrics` or `admin`.
[[nodiscard]] std::string_view name_of(Role role);
/// Adds the role of that name to the set; false if there is none.
bool add_role(std::string_view name, Roles* roles);
/// Reads names joined by commas. Errors (kInvalidArgument) name the roles that there are.
[[nodiscard]] base::Result<Roles> parse_roles(std::string_view text);
/// What parse_roles() reads.
[[nodiscard]] std::string to_string(Roles roles);

}  // namespace dss::auth
