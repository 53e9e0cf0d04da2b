// How a text's labels become OpenAI's thirteen categories.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "api/judged_labels.h"
#include "json/writer.h"

namespace dss::api::openai {

/// One category of a result.
struct CategoryScore {
  std::string_view name;
  float score = 0;
  bool flagged = false;
  bool modelled = false;  ///< false: the model knows nothing of it; score and flag say nothing
};

inline constexpr std::size_t kCategoryCount = 13;

/// All categories, in the order of OpenAI's answers. `harassment` is the largest of `toxic`,
/// `insult` and `obscene`, `hate` is `identity_hate`, `violence` is `threat`; `…/threatening` is
/// the smaller of its category and `threat`. A category is flagged as its labels are by their
/// thresholds: any of them for a largest, all of them for a smallest. The rest is not modelled:
/// 0, not flagged.
[[nodiscard]] std::array<CategoryScore, kCategoryCount> moderate(
    const std::vector<JudgedLabel>& labels);

/// One entry of `results`. `listed`: the text matches a blocklist, which flags it as well.
void write_result(const std::array<CategoryScore, kCategoryCount>& categories, bool listed,
                  json::Writer* writer);

}  // namespace dss::api::openai
