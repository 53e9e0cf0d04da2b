// A temporary folder for the tests of this room.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace dss::store {

/// Made empty, removed at the end. Its path is short enough for a socket inside.
class TestFolder {
 public:
  TestFolder() {
    char name[] = "/tmp/dss-store-XXXXXX";
    if (const char* made = ::mkdtemp(name)) path_ = made;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace dss::store
