#include "http/limits.h"

#include <gtest/gtest.h>

#include <set>

namespace dss::http {
namespace {

TEST(Limits, EveryRowIsUniqueAndItsDefaultLegal) {
  std::set<std::string_view> names;
  Limits defaults;
  for (const LimitRow& row : limit_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_GE(defaults.*row.value, row.least) << row.name;
    EXPECT_LE(defaults.*row.value, row.most) << row.name;
    EXPECT_FALSE(row.help.empty());
    Limits changed;
    EXPECT_TRUE(set_limit(&changed, row.name, row.least));
    EXPECT_EQ(changed.*row.value, row.least);
  }
  // Nothing stands in Limits that the table does not know.
  EXPECT_EQ(names.size() * sizeof(std::uint64_t), sizeof(Limits));
}

TEST(Limits, HeadsFitIntoTheReadBuffer) {
  Limits most;
  for (const LimitRow& row : limit_rows()) {
    if (row.unit != "bytes") continue;
    EXPECT_TRUE(set_limit(&most, row.name, row.most));
  }
  EXPECT_LT(most.request_line_bytes + most.header_bytes + 8, 16384U);
}

TEST(Limits, RefusesUnknownNamesAndBadValues) {
  Limits limits;
  EXPECT_EQ(set_limit(&limits, "nonsense", 1).error().message, "no HTTP limit is called nonsense");
  EXPECT_EQ(set_limit(&limits, "header-count", 65).error().message,
            "header-count: must be between 1 and 64");
  EXPECT_FALSE(set_limit(&limits, "header-count", 0));
}

}  // namespace
}  // namespace dss::http
