#include "auth/key_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::auth {
namespace {

const std::string kDigest(64, 'a');
const std::string kGood = "dss_01234567 sha256=" + kDigest +
                          " roles=score,metrics tenant=cats created=2026-03-01T08:30:00Z "
                          "expires=2027-01-01 name=Forum, production\n";

std::string fault(const std::string& text) {
  const auto keys = parse_keys(text);
  return keys ? "" : keys.error().message;
}

std::string replaced(std::string text, const std::string& part, const std::string& by) {
  return text.replace(text.find(part), part.size(), by);
}

TEST(KeyFile, ReadsALine) {
  const auto keys = parse_keys("# comment\r\n\n" + kGood);
  ASSERT_TRUE(keys.has_value()) << keys.error().message;
  ASSERT_EQ(keys->size(), 1U);
  const Key& key = keys->front();
  EXPECT_EQ(key.id, "dss_01234567");
  EXPECT_EQ(key.name, "Forum, production");
  EXPECT_EQ(key.tenant, "cats");
  EXPECT_EQ(key.roles, (Roles{Role::kScore, Role::kMetrics}));
  EXPECT_FALSE(key.revoked.has_value());
  EXPECT_EQ(parse_keys(key_line(key))->front(), key);
}

TEST(KeyFile, NamesLineAndCauseAndNothingOfTheFile) {
  EXPECT_EQ(fault(replaced(kGood, kDigest, "abc")), "line 1: sha256 is not 64 hex digits");
  EXPECT_EQ(fault(kGood + kGood), "line 2: the key is there twice");
  EXPECT_EQ(fault(kGood + replaced(kGood, "01234567", "01234568")),
            "line 2: the key is there twice");
  EXPECT_EQ(fault(replaced(kGood, "tenant", "roles")), "line 1: a field is there twice");
  EXPECT_EQ(fault(replaced(kGood, "tenant", "owner")), "line 1: a field is unknown");
  EXPECT_EQ(fault(replaced(kGood, "roles=score,metrics ", "")),
            "line 1: sha256, roles, created and name are needed");
  EXPECT_NE(fault(replaced(kGood, "score,metrics", "root")), "");
  EXPECT_NE(fault(replaced(kGood, "2027-01-01", "never")), "");
  EXPECT_EQ(fault("\nsecret-in-the-wrong-file"),
            "line 2: a line begins with dss_ and 8 hex digits, the key's prefix");
}

RC_GTEST_PROP(KeyFile, WhatIsWrittenIsReadAgain, (std::uint8_t bits, std::uint32_t created)) {
  auto made = make_key({.name = "x",
                        .roles = Roles(static_cast<std::uint8_t>(1 + bits % 15)),
                        .created = base::SystemTime(std::chrono::seconds(created))});
  made->key.revoked = made->key.created + std::chrono::hours(1);
  RC_ASSERT(parse_keys(key_line(made->key))->front() == made->key);
}

RC_GTEST_PROP(KeyFile, AnyTextIsReadOrRefused, (const std::string& text)) {
  const auto keys = parse_keys(text + kGood);
  RC_ASSERT(keys.has_value() || keys.error().kind == base::ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace dss::auth
