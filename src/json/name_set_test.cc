#include "json/name_set.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "json/reader.h"
#include "rapidcheck/gtest.h"

namespace dss::json {
namespace {

RC_GTEST_PROP(NameSet, KnowsWhatASetKnows, ()) {
  const auto names = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::inRange('a', 'd')));
  NameSet names_seen;
  std::set<std::string_view> reference;
  for (const std::string& name : names) {
    RC_ASSERT(names_seen.insert(name) == reference.insert(name).second);
  }
}

TEST(NameSet, GrowsAndStillKnowsTheFirst) {
  std::vector<std::string> names;
  for (int i = 0; i < 5000; ++i) names.push_back(std::to_string(i));
  NameSet set;
  for (const std::string& name : names) EXPECT_TRUE(set.insert(name));
  for (const std::string& name : names) EXPECT_FALSE(set.insert(name));
}

TEST(NameSet, TheEmptyNameIsAName) {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) names.push_back(std::to_string(i));
  NameSet set;
  for (const std::string& name : names) set.insert(name);
  EXPECT_TRUE(set.insert(""));
  EXPECT_FALSE(set.insert(""));
}

// The murmur hash of libstdc++'s containers can be run backwards: two blocks of eight bytes take it
// from any state back to that state.
constexpr std::uint64_t kMultiplier = 0xC6A4A7935BD1E995ULL;
constexpr std::uint64_t kSeed = 0xC70F6907ULL;

std::uint64_t fold(std::uint64_t value) { return value ^ (value >> 47); }

constexpr std::uint64_t inverse() {
  std::uint64_t inverse = kMultiplier;  // Newton's steps double the right bits
  for (int i = 0; i < 6; ++i) inverse *= 2 - kMultiplier * inverse;
  return inverse;
}

bool plain(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) return false;
  }
  return true;
}

std::vector<std::string> loops(std::uint64_t state, std::size_t count) {
  std::vector<std::string> found;
  for (std::uint64_t i = 0; found.size() < count; ++i) {
    char bytes[17];
    std::snprintf(bytes, sizeof bytes, "%08llu", static_cast<unsigned long long>(i));
    std::uint64_t first = 0;
    std::memcpy(&first, bytes, 8);
    const std::uint64_t between = (state ^ (fold(first * kMultiplier) * kMultiplier)) * kMultiplier;
    const std::uint64_t second = fold((between ^ (state * inverse())) * inverse()) * inverse();
    std::memcpy(bytes + 8, &second, 8);
    if (plain({bytes, 16})) found.emplace_back(bytes, 16);
  }
  return found;
}

std::vector<std::string> colliding_names(std::size_t root) {
  const std::vector<std::string> parts = loops(kSeed ^ (32 * kMultiplier), root);
  std::vector<std::string> names;
  for (const std::string& first : parts) {
    for (const std::string& second : parts) names.push_back(first + second);
  }
  return names;
}

TEST(Reader, NamesMadeToCollideCostNoMoreThanOthers) {
  const std::vector<std::string> names = colliding_names(200);
  std::set<std::size_t> hashes;
  for (const std::string& name : names) hashes.insert(std::hash<std::string>()(name));
#ifdef __GLIBCXX__
  ASSERT_EQ(hashes.size(), 1U);
#endif
  std::string document = "{";
  for (const std::string& name : names) document += '"' + name + "\":0,";
  Reader reader;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(reader.parse(document));
  document.back() = '}';
  EXPECT_TRUE(reader.parse(document));
  // 40,000 names: milliseconds. Compared each with each they would take five seconds and more.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace dss::json
