#include "text/offset_map.h"

#include <gtest/gtest.h>

namespace dss::text {
namespace {

TEST(OffsetMap, CopiedBytesMapOneToOne) {
  OffsetMap map;
  map.append_copied(3, 10);
  EXPECT_EQ(map.size(), 3U);
  EXPECT_EQ(map.begin_of(0), 10U);
  EXPECT_EQ(map.end_of(0), 11U);
  EXPECT_EQ(map.begin_of(2), 12U);
  EXPECT_EQ(map.end_of(2), 13U);
}

TEST(OffsetMap, ReplacedBytesStandTogetherForTheirSource) {
  OffsetMap map;
  map.append_copied(1, 0);
  map.append_replaced(2, 1,
                      4);  // "½" read as "1/2" would be longer than its source; "æ" as "ae" as long
  map.append_copied(1, 4);
  EXPECT_EQ(map.begin_of(1), 1U);
  EXPECT_EQ(map.begin_of(2), 1U);
  EXPECT_EQ(map.end_of(1), 4U);
  EXPECT_EQ(map.end_of(2), 4U);
  EXPECT_EQ(map.begin_of(3), 4U);
}

TEST(OffsetMap, GapsInTheSourceAreStretchesOfTheirOwn) {
  OffsetMap map;
  map.append_copied(2, 0);
  map.append_copied(2, 5);
  EXPECT_EQ(map.end_of(1), 2U);
  EXPECT_EQ(map.begin_of(2), 5U);
}

TEST(OffsetMap, ClearStartsOver) {
  OffsetMap map;
  map.append_copied(2, 7);
  map.clear();
  EXPECT_EQ(map.size(), 0U);
  map.append_copied(1, 3);
  EXPECT_EQ(map.begin_of(0), 3U);
}

}  // namespace
}  // namespace dss::text
