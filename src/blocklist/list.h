// A blocklist: the words and patterns that an operator wants to be told of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::blocklist {

/// How an item's text is looked for.
enum class Kind : std::uint8_t {
  kWord,    ///< whole words, in the text as the models read it: capitals, accents, look-alikes and
            ///< letters pulled apart make no difference, punctuation between words none either
  kExact,   ///< these very bytes, anywhere, within words too
  kPattern  ///< an RE2 expression, anywhere, capitals and small letters alike
};

struct Item {
  std::string id;
  std::string text;
  Kind kind = Kind::kWord;
  std::string description{};
};

struct List {
  std::string name;
  std::string description;
  std::vector<Item> items;
};

inline constexpr std::size_t kMostLists = 100;
inline constexpr std::size_t kMostItems = 10000;          ///< of all lists together
inline constexpr std::size_t kMostPatterns = 1000;        ///< of all lists together
inline constexpr std::size_t kMostInstructions = 100000;  ///< Matcher::instructions()
inline constexpr std::size_t kMostNameBytes = 64;
inline constexpr std::size_t kMostItemCharacters = 128;  ///< code points, patterns too
inline constexpr std::size_t kMostDescriptionCharacters = 1024;

/// `word`, `exact`, `pattern`.
[[nodiscard]] std::string_view kind_name(Kind kind);
/// kWord for `word` …; errors: kInvalidArgument.
[[nodiscard]] base::Result<Kind> kind_of(std::string_view name);

/// How a text without a kind is meant: kWord where it begins and ends with a letter or a digit,
/// else kExact (`:-(`). REQUIRES: valid UTF-8.
[[nodiscard]] Kind usual_kind(std::string_view text);

/// Whether a list or an item may have that name: 1-64 of [A-Za-z0-9._~-], not beginning with a dot.
[[nodiscard]] bool is_name(std::string_view name);

/// Checks lengths, and that the item can match something: a word item needs a letter or a digit, a
/// pattern must be valid and not match everything. Errors: kInvalidArgument, naming the item's id.
[[nodiscard]] base::Status check(const Item& item);

}  // namespace dss::blocklist
