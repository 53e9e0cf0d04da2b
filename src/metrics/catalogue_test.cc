#include "metrics/catalogue.h"

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/bounds.h"

namespace dss::metrics {
namespace {

std::vector<std::string> labels_of(const Spec& spec) {
  static const std::regex kComma(",");
  const std::string labels(spec.labels);
  if (labels.empty()) return {};
  return {std::sregex_token_iterator(labels.begin(), labels.end(), kComma, -1), {}};
}

TEST(Catalogue, NamesAreUniqueAndValid) {
  std::set<std::string_view> names;
  for (const Spec& spec : catalogue()) {
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    EXPECT_TRUE(std::regex_match(std::string(spec.name), std::regex("[a-z][a-z0-9_]*")))
        << spec.name;
    EXPECT_EQ(spec.type == Type::kCounter, spec.name.ends_with("_total")) << spec.name;
    EXPECT_FALSE(spec.help.empty()) << spec.name;
  }
}

TEST(Catalogue, LabelsAreSortedAndNotReserved) {
  for (const Spec& spec : catalogue()) {
    const auto labels = labels_of(spec);
    EXPECT_TRUE(std::ranges::is_sorted(labels)) << spec.name;
    for (const auto& label : labels) {
      EXPECT_TRUE(std::regex_match(label, std::regex("[a-z][a-z0-9_]*"))) << spec.name;
      EXPECT_NE(label, "le") << spec.name;
    }
  }
}

TEST(Catalogue, OnlyHistogramsHaveBoundsAndTheyIncrease) {
  for (const Spec& spec : catalogue()) {
    EXPECT_EQ(spec.type == Type::kHistogram, !spec.bounds.empty()) << spec.name;
    EXPECT_TRUE(std::ranges::is_sorted(spec.bounds, std::less_equal<>{})) << spec.name;
    EXPECT_TRUE(!spec.exemplars || spec.type == Type::kHistogram) << spec.name;
  }
}

TEST(Bounds, FineSecondsGrowByHalfFrom15MicrosecondsTo30Seconds) {
  const auto bounds = bounds::fine_seconds();
  EXPECT_EQ(bounds.front(), 15e-6);
  EXPECT_EQ(bounds[1], 22.5e-6);
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    EXPECT_NEAR(bounds[i] / bounds[i - 1], 1.5, 1e-3);
  }
  EXPECT_LE(bounds.back(), 30);
  EXPECT_GT(bounds.back() * 1.5, 30);
}

}  // namespace
}  // namespace dss::metrics
