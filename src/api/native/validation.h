// What is wrong with a request, in the words and the shape of FastAPI 0.95 with pydantic 1.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "http/message.h"
#include "json/reader.h"

namespace dss::api::native {

/// One entry of `detail`.
struct Issue {
  std::string_view field;               ///< literal; empty for the body as a whole
  std::optional<std::size_t> position;  ///< of a JSON fault, in code points
  std::optional<std::size_t> index;     ///< in the list that the field is
  std::string message;
  std::string_view type;            ///< e.g. `value_error.missing`
  std::string context;              ///< `ctx`: a JSON object, or empty
  std::string_view place = "body";  ///< or `header`, `query`
};

// clang-format off
[[nodiscard]] Issue missing(std::string_view field);
[[nodiscard]] Issue null_not_allowed(std::string_view field);
[[nodiscard]] Issue not_an_object();
[[nodiscard]] Issue not_a_string(std::string_view field);
[[nodiscard]] Issue not_a_boolean(std::string_view field);
[[nodiscard]] Issue not_a_list(std::string_view field);
[[nodiscard]] Issue too_few(std::string_view field, std::size_t limit);
[[nodiscard]] Issue too_many(std::string_view field, std::size_t limit);
[[nodiscard]] Issue not_a_number(std::string_view field);
[[nodiscard]] Issue not_a_mapping(std::string_view field);
[[nodiscard]] Issue out_of_unit_range(std::string_view field);
[[nodiscard]] Issue unknown_member(std::string_view field, std::string_view known);
[[nodiscard]] Issue too_short(std::string_view field, std::size_t limit);
[[nodiscard]] Issue too_long(std::string_view field, std::size_t limit);
[[nodiscard]] Issue unknown_model();
[[nodiscard]] Issue no_match(std::string_view field, std::string_view pattern);
// clang-format on

/// A body that is not JSON. As FastAPI's, but `ctx` has no `doc`: that would echo the body.
[[nodiscard]] Issue not_json(const json::ParseError& error, std::string_view body);

/// The object in a body. REQUIRES: json::kPadding readable bytes behind `body`.
[[nodiscard]] tl::expected<json::Value, Issue> parse_object(std::string_view body,
                                                            json::Reader* reader);

/// 422 with `detail`, `error`, `message` (of the first issue) and `timestamp`. REQUIRES: at least
/// one issue.
[[nodiscard]] http::Response issues_response(std::string_view code,
                                             const std::vector<Issue>& issues,
                                             const base::Clock& clock);

}  // namespace dss::api::native
