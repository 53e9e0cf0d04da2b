#include "personal/rewrite.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/utf8.h"
#include "personal/detect.h"

namespace dss::personal {
namespace {

constexpr std::string_view kText = "é jane@x.org, 06 12 34 56 78!";

std::string rewrite(std::string_view text, Strategy strategy, const HashKey* key = nullptr) {
  return rewritten(text, detect(text), strategy, key);
}

TEST(Rewritten, MasksAndDrops) {
  EXPECT_EQ(rewrite(kText, Strategy::kMask), "é [EMAIL], [PHONE]!");
  EXPECT_EQ(rewrite(kText, Strategy::kDrop), "é , !");
  EXPECT_EQ(rewrite("nothing", Strategy::kMask), "nothing");
}

TEST(Rewritten, HashesUnderTheKey) {
  const HashKey key = HashKey::of(std::string(32, 'a'));
  const HashKey other = HashKey::of(std::string(32, 'b'));
  const std::string hashed = rewrite(kText, Strategy::kHash, &key);
  EXPECT_EQ(hashed.find("jane"), std::string::npos);
  EXPECT_EQ(hashed.substr(0, 11), "é [EMAIL:h");
  EXPECT_NE(hashed, rewrite(kText, Strategy::kHash, &other));
}

TEST(HashKey, TakesSpellingsOfOneValueForOne) {
  const HashKey key = HashKey::of(std::string(32, 'a'));
  EXPECT_EQ(key.hash(Kind::kPhone, "06 12 34 56 78"), key.hash(Kind::kPhone, "06.12.34.56.78"));
  EXPECT_EQ(key.hash(Kind::kEmail, "Jane@X.org"), key.hash(Kind::kEmail, "jane@x.org"));
  EXPECT_NE(key.hash(Kind::kEmail, "jane@x.org"), key.hash(Kind::kPerson, "jane@x.org"));
  EXPECT_EQ(key.hash(Kind::kIp, "10.0.0.1").size(), 32U);
}

TEST(HashKey, IsReadFromAFileThatHoldsEnough) {
  const std::string path = testing::TempDir() + "dss_hash_key_" + std::to_string(::getpid());
  std::ofstream(path) << std::string(32, 'a') << "\r\n";
  const auto key = HashKey::read(path);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->hash(Kind::kIp, "x"), HashKey::of(std::string(32, 'a')).hash(Kind::kIp, "x"));
  std::ofstream(path) << "short\n";
  ASSERT_FALSE(HashKey::read(path));
  EXPECT_NE(HashKey::read(path).error().message.find("32 characters"), std::string::npos);
  std::filesystem::remove(path);
  EXPECT_EQ(HashKey::read(path).error().kind, base::ErrorKind::kNotFound);
}

TEST(Blanked, KeepsEveryOffset) {
  const std::string text = "é Hélène Durand, jane@x.org ß";
  const std::string blank = blanked(text, detect(text));
  EXPECT_EQ(base::count_code_points(blank), base::count_code_points(text));
  EXPECT_EQ(blank, "é              ,            ß");
}

}  // namespace
}  // namespace dss::personal
