// What the requests of the protocol have in common: a comment, its context, its languages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/perspective/error.h"
#include "api/perspective/message.h"
#include "base/result.h"
#include "json/reader.h"

namespace dss::api::perspective {

/// Most code points of a comment; clients cut theirs there.
inline constexpr std::size_t kMostCharacters = 20480;
/// Most bytes of one text of the context, which is not read.
inline constexpr std::size_t kMostContextBytes = std::size_t{1} << 20;
/// A comment and two texts of context.
inline constexpr std::size_t kMostBodyBytes = 2'500'000;
inline constexpr std::size_t kMostLanguages = 32;

/// The parsed body; nothing for an empty one, which counts as an object without members. REQUIRES:
/// json::kPadding readable bytes behind `body`.
[[nodiscard]] tl::expected<std::optional<json::Value>, Refusal> parse_body(std::string_view body,
                                                                           json::Reader* reader);

// Each check answers what is wrong, or nothing.

/// Reads the text of field `comment`: plain text with a character that is no white space.
[[nodiscard]] std::optional<Refusal> read_comment(const Message& request, std::string* text);
/// Whether the context is one that may be ignored.
[[nodiscard]] std::optional<Refusal> check_context(const Message& request);
/// A few tags of letters, digits and hyphens (`en`, `hi-Latn`).
[[nodiscard]] std::optional<Refusal> check_languages(const std::vector<std::string>& languages);

/// `Unknown requested attribute: X`; without X if that is not a word of capitals, digits and `_`,
/// so that no submitted text stands in an error.
[[nodiscard]] std::string unknown_attribute(std::string_view name);

}  // namespace dss::api::perspective
