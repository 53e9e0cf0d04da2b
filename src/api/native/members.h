// Members that the bodies of several routes have in common.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "api/native/validation.h"
#include "json/reader.h"

namespace dss::api::native {

using Member = std::optional<json::Value>;

/// A text without the white space around it. Views of the document.
struct TrimmedText {
  std::string_view text{};
  std::size_t trimmed_in_front = 0;  ///< code points
};

/// A string of 1 to `most` code points once trimmed; what is wrong with it goes to `issues`, whose
/// place is `field`, and `index` if it is in a list.
[[nodiscard]] TrimmedText read_text(const Member& member, std::size_t most, std::string_view field,
                                    std::optional<std::size_t> index, std::vector<Issue>* issues);

/// `model` and `explain`; where they are absent or null, the values stay as they are.
void read_model(const Member& member, std::string_view* model, std::vector<Issue>* issues);
void read_explain(const Member& member, bool* explain, std::vector<Issue>* issues);

/// `community_id`, or `communityId` as Perspective spells it: at most kMaxIdentifier code points.
void read_community(const json::Value& object, std::string_view* community,
                    std::vector<Issue>* issues);

}  // namespace dss::api::native
