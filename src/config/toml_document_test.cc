#include "config/toml_document.h"

#include <gtest/gtest.h>

namespace dss::config {
namespace {

using Kind = TomlNode::Kind;

TEST(TomlDocument, KnowsKindsAndLines) {
  const auto root = parse_toml(
      "id = \"a\"\n"
      "\n"
      "[limits]\n"
      "low = 0.5\n"
      "whole = 1\n"
      "on = true\n"
      "day = 2026-03-01\n"
      "[[bands]]\n"
      "words = [\"x\", \"y\"]\n"
      "[[bands]]\n",
      "name");
  ASSERT_TRUE(root) << root.error().message;
  ASSERT_EQ(root->members.size(), 3U);
  EXPECT_EQ(root->members[0].name, "id");
  EXPECT_EQ(root->members[0].node.text, "a");
  const TomlNode& limits = root->members[1].node;
  ASSERT_EQ(limits.members.size(), 4U);
  EXPECT_EQ(limits.members[0].line, 4U);
  EXPECT_DOUBLE_EQ(limits.members[0].node.number, 0.5);
  EXPECT_EQ(limits.members[1].node.kind, Kind::kNumber);
  EXPECT_TRUE(limits.members[2].node.on);
  EXPECT_EQ(limits.members[3].node.kind, Kind::kOther);
  const TomlNode& bands = root->members[2].node;
  ASSERT_EQ(bands.items.size(), 2U);
  EXPECT_EQ(bands.items[0].members[0].node.items[1].text, "y");
  EXPECT_EQ(bands.items[1].line, 10U);
}

TEST(TomlDocument, SaysWhereATextIsNoToml) {
  const auto root = parse_toml("a = 1\nb = = 2\n", "my.toml");
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().message.find("my.toml:2: "), 0U) << root.error().message;
}

TEST(TomlDocument, AnEmptyTextIsAnEmptyTable) {
  const auto root = parse_toml("", "name");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->kind, Kind::kTable);
  EXPECT_TRUE(root->members.empty());
}

}  // namespace
}  // namespace dss::config
