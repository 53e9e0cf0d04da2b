#include "app/eval/csv_table.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"

namespace dss::app {
namespace {

class CsvTableTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  void write(const std::string& content) { std::ofstream(path_, std::ios::binary) << content; }

  const std::string path_ = std::filesystem::temp_directory_path() /
                            ("csv_table_test." + std::to_string(getpid()) + ".csv");
};

TEST_F(CsvTableTest, ReachesCellsByName) {
  write("text,toxic\n\"a, \"\"b\"\"\nc\",1\nplain,0\n");
  const auto table = CsvTable::read(path_);
  ASSERT_TRUE(table.has_value()) << table.error().message;
  ASSERT_EQ(table->rows(), 2U);
  EXPECT_EQ(table->cell(0, table->column("text").value()), "a, \"b\"\nc");
  EXPECT_EQ(table->cell(1, table->column("toxic").value()), "0");
}

TEST_F(CsvTableTest, NamesFileAndCause) {
  write("a,b\n1\n");
  EXPECT_EQ(CsvTable::read(path_).error().message,
            path_ + ": record 2 has 1 cells; the header has 2");
  write("");
  EXPECT_EQ(CsvTable::read(path_).error().message, path_ + ": no header row");
  write("a,b\n");
  EXPECT_EQ(CsvTable::read(path_)->column("c").error().message, path_ + ": no column called 'c'");
  EXPECT_FALSE(CsvTable::read(path_ + ".absent").has_value());
}

TEST_F(CsvTableTest, LinesWithoutCommentsAndEmptyOnes) {
  write("# innocent words\nassessment\r\n\n45s");
  EXPECT_EQ(read_lines(path_).value(), (std::vector<std::string>{"assessment", "45s"}));
}

}  // namespace
}  // namespace dss::app
