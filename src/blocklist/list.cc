#include "blocklist/list.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/utf8.h"
#include "blocklist/expression.h"
#include "blocklist/words.h"
#include "text/characters.h"
#include "text/fold.h"

namespace dss::blocklist {
namespace {

constexpr std::string_view kNames[] = {"word", "exact", "pattern"};

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '~' || c == '-';
}

base::Status refuse(const Item& item, const std::string& cause) {
  return base::fail(base::ErrorKind::kInvalidArgument, "item '" + item.id + "': " + cause);
}

base::Status check_pattern(const Item& item) {
  const RE2 expression(item.text, expression_options());
  if (!expression.ok()) return refuse(item, "not an RE2 expression: " + expression.error());
  if (RE2::PartialMatch("", expression)) {
    return refuse(item, "the expression matches every text, since it matches nothing at all");
  }
  return {};
}

}  // namespace

std::string_view kind_name(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

base::Result<Kind> kind_of(std::string_view name) {
  const auto* const found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) {
    return base::fail(base::ErrorKind::kInvalidArgument,
                      "an item's match must be word, exact or pattern");
  }
  return static_cast<Kind>(found - std::begin(kNames));
}

Kind usual_kind(std::string_view text) {
  std::u32string characters;
  for (std::size_t at = 0; at < text.size();) characters += base::next_code_point(text, &at);
  const auto in_word = [](char32_t c) {
    const std::u32string* folded = text::fold(c);
    if (folded == nullptr) return is_word_character(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return !folded->empty() && is_word_character(folded->front());
  };
  const bool words =
      !characters.empty() && in_word(characters.front()) && in_word(characters.back());
  return words ? Kind::kWord : Kind::kExact;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kMostNameBytes && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), is_name_byte);
}

base::Status check(const Item& item) {
  const std::size_t characters = base::count_code_points(item.text);
  if (characters == 0 || characters > kMostItemCharacters) {
    return refuse(item,
                  "the text must have 1 to " + std::to_string(kMostItemCharacters) + " characters");
  }
  if (base::count_code_points(item.description) > kMostDescriptionCharacters) {
    return refuse(item, "the description must have at most " +
                            std::to_string(kMostDescriptionCharacters) + " characters");
  }
  if (item.kind == Kind::kPattern) return check_pattern(item);
  if (item.kind == Kind::kWord && WordReader().read(item.text).empty()) {
    return refuse(item, "a word needs a letter or a digit; for signs say match exact");
  }
  return {};
}

}  // namespace dss::blocklist
