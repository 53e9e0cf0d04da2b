#include "config/toml_file.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::config {
namespace {

base::Result<std::vector<TomlEntry>> read(const std::string& content) {
  const std::string path = testing::TempDir() + "dss_toml_" + std::to_string(::getpid()) + ".toml";
  std::ofstream(path, std::ios::binary) << content;
  auto entries = read_toml_file(path);
  std::filesystem::remove(path);
  return entries;
}

TEST(TomlFile, FlattensTablesAndKnowsLines) {
  const auto entries = read("a = 1\n\n[b]\nc.d = [\"x\", \"y\"]\n").value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].key, "a");
  EXPECT_EQ(entries[1].key, "b.c.d");
  EXPECT_EQ(entries[1].value, "x,y");
  EXPECT_EQ(entries[1].line, 4U);
}

TEST(TomlFile, RefusesWhatIsNoSetting) {
  EXPECT_FALSE(read("a = 2026-01-01\n").has_value());
  EXPECT_FALSE(read("[[a]]\nb = 1\n").has_value());
  EXPECT_FALSE(read("a = 1\na = 2\n").has_value());
  EXPECT_FALSE(read(" [== 1 ").has_value());
}

TEST(TomlFile, LettersBeyondAsciiStandInTextsAndCommentsOnly) {
  const auto entries = read("a = \"é\\\"é\" # é \"\nb = 'é'\nc = \"\"\"é\n\"é\"\"\"\n").value();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].value, "é\"é");
  EXPECT_EQ(entries[2].value, "é\n\"é");
  EXPECT_FALSE(read("clé = 1\n").has_value());
  EXPECT_FALSE(read("a = é\n").has_value());
  EXPECT_FALSE(read("a = 4O0\"\xEF\xBB\x9F = 0\"\n").has_value());
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a = 1\n")
                .value()
                .size(),
            1U);
}

TEST(TomlFile, SaysWhyItCannotBeRead) {
  EXPECT_EQ(read_toml_file("/nowhere/dss.toml").error().message,
            "/nowhere/dss.toml: cannot read it: No such file or directory");
  EXPECT_EQ(read_toml_file("/").error().message, "/: cannot read it: Is a directory");
}

RC_GTEST_PROP(TomlFile, StringsSurviveWritingAndReading, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  RC_ASSERT(read("key = " + toml_string(text) + "\n").value().at(0).value == text);
}

}  // namespace
}  // namespace dss::config
