// `text:analyze`: what is asked, and how probabilities become severities.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/azure/error.h"
#include "api/judged_labels.h"
#include "base/result.h"
#include "blocklist/matcher.h"
#include "json/value.h"
#include "json/writer.h"

namespace dss::api::azure {

inline constexpr std::size_t kMostCharacters = 10000;  ///< code points of a text
inline constexpr std::size_t kMostBodyBytes = std::size_t{128} << 10;

/// Probability from which a text has the severity 1, 2, … 7.
inline constexpr std::array<float, 7> kSeverityCuts = {0.1F, 0.25F, 0.4F, 0.55F, 0.7F, 0.8F, 0.9F};

/// 0 to 7; with four levels the even number at or below.
[[nodiscard]] int severity_of(float probability, bool eight_levels);

/// A category of Azure, and the label that stands for it here; "" for those that are not modelled.
struct Category {
  std::string_view name;
  std::string_view label;
};
inline constexpr std::array<Category, 4> kCategories = {
    {{"Hate", "identity_hate"}, {"SelfHarm", ""}, {"Sexual", ""}, {"Violence", "threat"}}};

struct AnalyzeRequest {
  std::string text;
  std::vector<Category> categories;  ///< in Azure's order
  std::vector<std::string> lists;    ///< names of blocklists to match
  bool halt_on_hit = false;          ///< no categories if a blocklist matches
  bool eight_levels = false;
};

/// Reads `{"text", "categories"?, "blocklistNames"?, "haltOnBlocklistHit"?, "outputType"?}`. A
/// category that is not modelled is refused by name if it is asked for.
[[nodiscard]] tl::expected<AnalyzeRequest, Error> read_analyze_request(const json::Value& body);

/// Each matched item of the named lists once, in the order of the text. Errors: 404 for a list that
/// is not there.
[[nodiscard]] tl::expected<std::vector<blocklist::Match>, Error> matches_of(
    const AnalyzeRequest& wanted, const blocklist::Matcher& matcher);

/// `{"blocklistsMatch", "categoriesAnalysis"}`; without labels the second is empty. Categories
/// whose label the model does not have are left out.
[[nodiscard]] std::string write_analysis(const AnalyzeRequest& wanted,
                                         const std::vector<blocklist::Match>& matches,
                                         const std::vector<JudgedLabel>& labels);

}  // namespace dss::api::azure
