#include "language/table.h"

#include <cstring>
#include <vector>

#include "gtest/gtest.h"

namespace dss::language {
namespace {

std::vector<unsigned char> copy() {
  const auto bytes = embedded_bytes();
  return {bytes.begin(), bytes.end()};
}

TEST(Table, TheEmbeddedOneIsWholeAndSmall) {
  const auto table = read_table(embedded_bytes());
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_LE(embedded_bytes().size(), std::size_t{1} << 20);
  EXPECT_EQ(table->header, embedded_table().header);
  EXPECT_EQ(table->han, embedded_table().han);
}

TEST(Table, IsAlignedForItsNumbers) {
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(embedded_bytes().data()) % alignof(TableHeader), 0u);
}

TEST(Table, RefusesACutFile) {
  auto bytes = copy();
  bytes.pop_back();
  const auto table = read_table(bytes);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, base::ErrorKind::kCorrupt);
}

TEST(Table, RefusesAnAlteredWeight) {
  auto bytes = copy();
  bytes[bytes.size() / 2] ^= 1;
  const auto table = read_table(bytes);
  ASSERT_FALSE(table);
  EXPECT_NE(table.error().message.find("checksum"), std::string::npos);
}

TEST(Table, RefusesAnotherFormat) {
  for (const std::size_t at :
       {offsetof(TableHeader, magic), offsetof(TableHeader, version),
        offsetof(TableHeader, latin_rows), offsetof(TableHeader, han_characters)}) {
    auto bytes = copy();
    bytes[at] ^= 1;
    EXPECT_FALSE(read_table(bytes)) << "offset " << at;
  }
}

TEST(Table, LanesOfSharedScriptsDoNotOverlap) {
  EXPECT_EQ(lanes_of(Script::kLatin).codes.size(), std::size_t{kLanes});
  const Lanes cyrillic = lanes_of(Script::kCyrillic);
  const Lanes arabic = lanes_of(Script::kArabic);
  EXPECT_LE(cyrillic.first + static_cast<int>(cyrillic.codes.size()), arabic.first);
  EXPECT_LE(arabic.first + static_cast<int>(arabic.codes.size()), kLanes);
  EXPECT_TRUE(lanes_of(Script::kThai).codes.empty());
}

}  // namespace
}  // namespace dss::language
