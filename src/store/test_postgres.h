// A PostgreSQL server of the tests' own, in a temporary folder, reached by a socket in it.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "store/test_folder.h"

namespace dss::store {

/// The folder with `initdb` and `postgres`: installed, or unpacked by ./test; empty if neither.
inline std::string postgres_programs() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  for (const std::string root :
       {"/usr/lib/postgresql", DSS_SOURCE_DIR "/.deps/usr/lib/postgresql"}) {
    for (const auto& version : fs::directory_iterator(root, ignored)) {
      if (fs::exists(version.path() / "bin" / "initdb")) return version.path() / "bin";
    }
  }
  return {};
}

/// One server a process, started by the first call of shared(). It refuses to run as root, so root
/// starts it as `nobody`.
class TestPostgres {
 public:
  static const TestPostgres& shared() {
    static const TestPostgres server;
    return server;
  }
  ~TestPostgres() {
    if (running_) run(programs_ + "/pg_ctl -D " + data() + " stop -m immediate");
  }
  TestPostgres(const TestPostgres&) = delete;
  TestPostgres& operator=(const TestPostgres&) = delete;

  [[nodiscard]] bool installed() const { return !programs_.empty(); }
  [[nodiscard]] bool running() const { return running_; }
  /// Of a new, empty database.
  [[nodiscard]] std::string new_database() const {
    static int made = 0;
    const std::string name = "test" + std::to_string(++made);
    run(programs_ + "/createdb -h " + folder_.path() + " -U dss " + name);
    return "postgresql://dss@/" + name + "?host=" + folder_.path();
  }

 private:
  TestPostgres() : programs_(postgres_programs()) {
    if (!installed()) return;
    run("chmod 755 " + folder_.path(), false);
    if (::geteuid() == 0) run("chown nobody " + folder_.path(), false);
    running_ = run(programs_ + "/initdb -D " + data() + " -U dss -A trust -E UTF8 --no-sync") &&
               run(programs_ + "/pg_ctl -D " + data() + " -w -l " + folder_.path("log") +
                   " -o \"-c listen_addresses= -c fsync=off -k " + folder_.path() + "\" start");
  }
  [[nodiscard]] std::string data() const { return folder_.path("data"); }
  static bool run(const std::string& command, bool as_nobody = true) {
    const std::string prefix = as_nobody && ::geteuid() == 0
                                   ? "setpriv --reuid nobody --regid nogroup --clear-groups -- "
                                   : "";
    return std::system((prefix + command + " > /dev/null 2>&1").c_str()) == 0;
  }

  const std::string programs_;
  TestFolder folder_;
  bool running_ = false;
};

}  // namespace dss::store
