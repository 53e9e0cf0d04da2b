#include "weights/mapped_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace dss::weights {
namespace {

class MappedFileTest : public ::testing::Test {
 protected:
  MappedFileTest()
      : path_(std::filesystem::temp_directory_path() / ("dss-map-" + std::to_string(::getpid()))) {}
  ~MappedFileTest() override { std::filesystem::remove(path_); }

  static std::string text_of(const MappedFile& file) {
    return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
  }
  std::string path_;
};

TEST_F(MappedFileTest, ShowsTheFile) {
  std::ofstream(path_) << "content";
  const auto file = MappedFile::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(text_of(*file), "content");
  EXPECT_EQ(file->path(), path_);
}

TEST_F(MappedFileTest, DroppedPagesComeBack) {
  std::ofstream(path_) << "content";
  const auto file = MappedFile::open(path_);
  ASSERT_TRUE(file);
  file->drop_pages();
  EXPECT_EQ(text_of(*file), "content");
}

TEST_F(MappedFileTest, AnEmptyFileIsEmpty) {
  std::ofstream(path_).flush();
  const auto file = MappedFile::open(path_);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->bytes().empty());
  file->drop_pages();
}

TEST_F(MappedFileTest, OutlivesTheNameAndMoves) {
  std::ofstream(path_) << "one";
  auto first = MappedFile::open(path_);
  ASSERT_TRUE(first);
  std::filesystem::remove(path_);
  MappedFile moved = std::move(*first);
  EXPECT_EQ(text_of(moved), "one");
  std::ofstream(path_) << "two";
  auto second = MappedFile::open(path_);
  ASSERT_TRUE(second);
  moved = std::move(*second);
  EXPECT_EQ(text_of(moved), "two");
}

TEST_F(MappedFileTest, RefusalsNameFileAndCause) {
  const auto missing = MappedFile::open(path_);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, base::ErrorKind::kIo);
  EXPECT_EQ(missing.error().message, path_ + ": No such file or directory");
  EXPECT_EQ(MappedFile::open("/dev/null").error().message, "/dev/null: Invalid argument");
}

}  // namespace
}  // namespace dss::weights
