// A child process that limits itself and then tries something: limits cannot be undone.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace dss::sandbox {

/// What `attempt()` answers in a child behind `limit()`; `limit` answers whether it held. -1: it
/// did not, or the child was killed.
template <typename Limit, typename Attempt>
int in_child(Limit limit, Attempt attempt) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(limit() ? attempt() : 255);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) != 255 ? WEXITSTATUS(status) : -1;
}

/// 0, or the errno of a call that answered -1.
inline int error_of(long result) { return result < 0 ? errno : 0; }

inline int try_open(const std::string& path, int flags) {
  return error_of(::open(path.c_str(), flags | O_CLOEXEC, 0600));
}

/// A new folder, three levels below the root, removed at the end.
class TestFolder {
 public:
  TestFolder() {
    char name[] = "/tmp/dss-sandbox-XXXXXX";
    root_ = ::mkdtemp(name);
    std::filesystem::create_directory(root_ + "/a");
  }
  ~TestFolder() { std::filesystem::remove_all(root_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& name = "") const {
    return root_ + "/a" + (name.empty() ? "" : "/" + name);
  }
  [[nodiscard]] std::string file(const std::string& name) const {
    std::ofstream(path(name)) << name;
    return path(name);
  }
  [[nodiscard]] std::string folder(const std::string& name) const {
    std::filesystem::create_directories(path(name));
    return path(name);
  }
  [[nodiscard]] std::string link(const std::string& name, const std::string& target) const {
    std::filesystem::create_symlink(target, path(name));
    return path(name);
  }

 private:
  std::string root_;
};

}  // namespace dss::sandbox
