#include "app/score/input_choice.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"

namespace dss::app {
namespace {

using records::InputFormat;
using Kind = InputChoice::Kind;

class InputChoiceTest : public testing::Test {
 protected:
  InputChoiceTest() { std::filesystem::create_directories(directory_); }
  ~InputChoiceTest() override { std::filesystem::remove_all(directory_); }
  [[nodiscard]] std::string file(const std::string& name) const {
    std::ofstream(directory_ + name) << "x";
    return directory_ + name;
  }
  std::string directory_ = testing::TempDir() + "dss_input_" + std::to_string(::getpid()) + "/";
};

TEST_F(InputChoiceTest, AnExistingFileIsReadByItsEnding) {
  EXPECT_EQ(choose_input(file("a.csv"), {})->format, InputFormat::kCsv);
  EXPECT_EQ(choose_input(file("a.ndjson"), {})->format, InputFormat::kNdjson);
  EXPECT_EQ(choose_input(file("a.jsonl.gz"), {})->format, InputFormat::kNdjson);
  EXPECT_EQ(choose_input(file("a.txt"), {})->format, std::nullopt) << "the first bytes decide";
  EXPECT_EQ(choose_input(file("a.csv"), InputFormat::kLines)->format, InputFormat::kLines);
  EXPECT_EQ(choose_input(file("word"), {})->kind, Kind::kFile);
}

TEST_F(InputChoiceTest, OtherWordsAreTexts) {
  for (const char* text : {"you are a fool", "fool", "see notes.txt, page 3 of a.csv", "a/b", ""}) {
    const auto choice = choose_input(text, {});
    ASSERT_TRUE(choice.has_value()) << text;
    EXPECT_EQ(choice->kind, Kind::kText) << text;
    EXPECT_EQ(choice->value, text);
  }
  EXPECT_EQ(choose_input("-", {})->kind, Kind::kFile);
}

TEST_F(InputChoiceTest, AMissingFileIsNotScoredAsItsName) {
  EXPECT_EQ(
      choose_input("missing.csv", {}).error().message,
      "missing.csv: no such file; to score the name itself as a text add --input-format text");
  EXPECT_EQ(choose_input("missing", InputFormat::kLines).error().message, "missing: no such file");
  EXPECT_EQ(choose_input("missing.csv", InputFormat::kText)->kind, Kind::kText);
}

TEST_F(InputChoiceTest, ABraceMeansNdjson) {
  EXPECT_EQ(sniff_format(" \n{\"text\":\"a\"}"), InputFormat::kNdjson);
  EXPECT_EQ(sniff_format("hello {"), InputFormat::kText);
  EXPECT_EQ(sniff_format(""), InputFormat::kText);
}

}  // namespace
}  // namespace dss::app
