#include "kernels/instruction_set.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace dss::kernels {
namespace {

TEST(InstructionSet, EveryNameIsFoundAgain) {
  for (const auto set : {InstructionSet::kScalar, InstructionSet::kAvx2, InstructionSet::kAvxVnni,
                         InstructionSet::kAvx512Vnni, InstructionSet::kAmx}) {
    EXPECT_EQ(instruction_set_named(name_of(set)), set);
  }
  EXPECT_FALSE(instruction_set_named("avx"));
}

TEST(InstructionSet, TheScalarOneIsAlwaysThereAndTheListAscends) {
  const auto sets = available_instruction_sets();
  ASSERT_FALSE(sets.empty());
  EXPECT_EQ(sets.front(), InstructionSet::kScalar);
  EXPECT_TRUE(std::is_sorted(sets.begin(), sets.end()));
  EXPECT_EQ(best_instruction_set(), sets.back());
}

}  // namespace
}  // namespace dss::kernels
