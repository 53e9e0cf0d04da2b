// A blocklist as a JSON file.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "blocklist/list.h"

namespace dss::blocklist {

/// Reads `{"name", "description"?, "items": [{"id", "text", "match"?, "description"?}]}`; `match`
/// is `word`, `exact` or `pattern`, and without it usual_kind() of the text. Other members are
/// refused, since they are most likely misspelt. Errors: kCorrupt, naming the place.
[[nodiscard]] base::Result<List> read_list(std::string_view json);

/// What read_list() reads.
[[nodiscard]] std::string write_list(const List& list);

}  // namespace dss::blocklist
