#include "metrics/cells.h"

#include <thread>

#include "gtest/gtest.h"

namespace dss::metrics {
namespace {

TEST(Shard, CellsStartAtZeroAndKeepWhatIsWritten) {
  Shard shard;
  EXPECT_EQ(shard.read(0), 0U);
  EXPECT_EQ(shard.read(Shard::kMaxCells - 1), 0U);
  shard.own(Shard::kMaxCells - 1) = 7;
  shard.own(Shard::kChunkCells) = 5;
  EXPECT_EQ(shard.read(Shard::kMaxCells - 1), 7U);
  EXPECT_EQ(shard.read(Shard::kChunkCells), 5U);
  EXPECT_EQ(shard.read(Shard::kChunkCells - 1), 0U);
}

TEST(Shard, ChunksStartOnACacheLine) {
  Shard shard;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&shard.own(0)) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&shard.own(Shard::kChunkCells)) % 64, 0U);
}

TEST(LocalShard, IsTheSameWithinAThreadAndAnotherInAnother) {
  const auto set = std::make_shared<ShardSet>();
  Shard* mine = local_shard(set);
  EXPECT_EQ(local_shard(set), mine);
  std::thread([&] { EXPECT_NE(local_shard(set), mine); }).join();
}

TEST(LocalShard, OfAThreadThatEndedKeepsItsCountsAndIsLentAgain) {
  const auto set = std::make_shared<ShardSet>();
  Shard* first = nullptr;
  std::thread([&] {
    first = local_shard(set);
    first->own(3) = 10;
  }).join();
  std::thread([&] { EXPECT_EQ(local_shard(set), first); }).join();
  ASSERT_EQ(set->all().size(), 1U);
  EXPECT_EQ(set->all()[0]->read(3), 10U);
}

TEST(LocalShard, SetsDoNotMix) {
  const auto one = std::make_shared<ShardSet>();
  const auto two = std::make_shared<ShardSet>();
  EXPECT_NE(local_shard(one), local_shard(two));
  EXPECT_EQ(one->all().size(), 1U);
  EXPECT_EQ(two->all().size(), 1U);
}

}  // namespace
}  // namespace dss::metrics
