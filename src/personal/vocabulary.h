// What words mean to the finders of names and addresses.
#pragma once

#include <cstdint>
#include <string_view>

namespace dss::personal {

enum class NameUse : std::uint8_t {
  kUnknown,
  kSurname,         ///< a surname that is no other word
  kGiven,           ///< a given name that is no other word
  kGivenAmbiguous,  ///< a given name that is also a word or a place
};

/// Bits: a word may have several.
enum Role : std::uint16_t {
  kTitle = 1,           ///< Dr, Mme
  kParticle = 2,        ///< de, van
  kCue = 4,             ///< named, m'appelle: a name follows
  kNotPerson = 8,       ///< Ltd, University: what stands before it is no person
  kStreetBehind = 16,   ///< Street: ends a street's name
  kStreetBefore = 32,   ///< rue: begins one
  kUnit = 64,           ///< Apt, Suite
  kNameLabel = 128,     ///< `Name:`
  kNumberSuffix = 256,  ///< 12 bis
};

struct Meaning {
  NameUse use = NameUse::kUnknown;
  std::uint16_t roles = 0;

  [[nodiscard]] bool is(Role role) const { return (roles & role) != 0; }
};

/// What a word in small letters means. The names are those of data/, see training/personal.
/// Thread-safe; the first call builds a table.
[[nodiscard]] Meaning meaning_of(std::string_view lower_case_word);

}  // namespace dss::personal
