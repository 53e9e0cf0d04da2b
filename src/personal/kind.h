// The kinds of personal data that are looked for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dss::personal {

enum class Kind : std::uint8_t {
  kEmail,
  kPhone,    ///< E.164, and what is written so in France, the US, the UK and Germany
  kIban,     ///< with a right check number
  kCard,     ///< payment card with a right Luhn digit
  kNir,      ///< French social security number with a right key
  kSsn,      ///< US social security number
  kIp,       ///< version 4 or 6
  kUrl,      ///< one that carries a password, a token or a key
  kAddress,  ///< street address, by rules
  kPerson,   ///< a person's name, by titles, cues and lists of names
};

/// In the order of Kind, as the API and the command line name them.
inline constexpr std::array<std::string_view, 10> kKindNames = {
    "email", "phone", "iban", "card", "nir", "ssn", "ip", "url", "address", "person"};

[[nodiscard]] inline std::string_view name_of(Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

/// The kind of that name; nothing for an unknown one.
[[nodiscard]] inline std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

/// A set of kinds; empty when made.
class KindSet {
 public:
  [[nodiscard]] static constexpr KindSet all() {
    KindSet set;
    set.bits_ = (1U << kKindNames.size()) - 1U;
    return set;
  }
  constexpr void add(Kind kind) { bits_ |= 1U << static_cast<unsigned>(kind); }
  [[nodiscard]] constexpr bool has(Kind kind) const {
    return (bits_ >> static_cast<unsigned>(kind) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

 private:
  unsigned bits_ = 0;
};

}  // namespace dss::personal
