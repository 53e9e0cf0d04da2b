#include "app/policy/policy_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace dss::app {
namespace {

class Directory : public testing::Test {
 protected:
  Directory() : path_(testing::TempDir() + "dss-policies") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }
  ~Directory() override { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ + "/" + name) << content;
  }
  const std::string path_;
};

TEST_F(Directory, IsReadWhole) {
  write("a.toml", "id = \"a\"\nversion = \"1\"\n");
  write("b.toml", "id = \"b\"\nversion = \"2\"\ncommunities = [\"x\"]\n");
  write("notes.txt", "not a policy");
  const auto set = read_policies(path_);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ((*set)->size(), 2U);
  EXPECT_EQ((*set)->for_community("x")->version, "2");
}

TEST_F(Directory, ABadFileIsNamedWithItsLine) {
  write("a.toml", "id = \"a\"\nversion = \"1\"\n");
  write("b.toml", "id = \"b\"\nversion = \"2\"\nbands = 1\n");
  const auto set = read_policies(path_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().message,
            path_ + "/b.toml:3: bands must be written with two brackets: [[bands]]");
}

TEST_F(Directory, AnIdMayStandOnce) {
  write("a.toml", "id = \"a\"\nversion = \"1\"\n");
  write("b.toml", "id = \"a\"\nversion = \"2\"\n");
  const auto set = read_policies(path_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().message, path_ + "/b.toml: another policy has the id 'a'");
}

TEST_F(Directory, MustBeThere) {
  const auto set = read_policies(path_ + "/nowhere");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, base::ErrorKind::kIo);
}

}  // namespace
}  // namespace dss::app
