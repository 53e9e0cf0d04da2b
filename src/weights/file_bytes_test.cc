#include "weights/file_bytes.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace dss::weights {
namespace {

class FileBytesTest : public ::testing::Test {
 protected:
  FileBytesTest()
      : path_(std::filesystem::temp_directory_path() / ("dss-map-" + std::to_string(::getpid()))) {}
  ~FileBytesTest() override { std::filesystem::remove(path_); }

  static std::string text_of(const FileBytes& file) {
    return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
  }
  std::string path_;
};

TEST_F(FileBytesTest, ShowsTheFile) {
  std::ofstream(path_) << "content";
  const auto file = FileBytes::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(text_of(*file), "content");
  EXPECT_EQ(file->path(), path_);
}

TEST_F(FileBytesTest, NobodyChangesItFromOutside) {
  const std::string before(100'000, 'a');
  std::ofstream(path_) << before;
  const auto file = FileBytes::open(path_);
  ASSERT_TRUE(file);
  std::ofstream(path_) << std::string(10, 'b');
  EXPECT_EQ(text_of(*file), before);
  std::filesystem::resize_file(path_, 0);
  EXPECT_EQ(text_of(*file), before);
}

TEST_F(FileBytesTest, AnEmptyFileIsEmpty) {
  std::ofstream(path_).flush();
  const auto file = FileBytes::open(path_);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->bytes().empty());
}

TEST_F(FileBytesTest, OutlivesTheNameAndMoves) {
  std::ofstream(path_) << "one";
  auto first = FileBytes::open(path_);
  ASSERT_TRUE(first);
  std::filesystem::remove(path_);
  FileBytes moved = std::move(*first);
  EXPECT_EQ(text_of(moved), "one");
  std::ofstream(path_) << "two";
  auto second = FileBytes::open(path_);
  ASSERT_TRUE(second);
  moved = std::move(*second);
  EXPECT_EQ(text_of(moved), "two");
}

TEST_F(FileBytesTest, RefusalsNameFileAndCause) {
  const auto missing = FileBytes::open(path_);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, base::ErrorKind::kIo);
  EXPECT_EQ(missing.error().message, path_ + ": No such file or directory");
  EXPECT_EQ(FileBytes::open("/dev/null").error().message, "/dev/null: Invalid argument");
}

}  // namespace
}  // namespace dss::weights
