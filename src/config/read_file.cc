#include "config/read_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace dss::config {
namespace {

tl::unexpected<base::Error> unreadable(const std::string& path, int cause) {
  return base::fail(base::ErrorKind::kIo, path + ": cannot read it: " + std::strerror(cause));
}

}  // namespace

base::Result<std::string> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                             &std::fclose);
  if (file == nullptr) return unreadable(path, errno);
  std::string content;
  char piece[4096];
  std::size_t got = sizeof piece;
  while (got == sizeof piece) {
    got = std::fread(piece, 1, sizeof piece, file.get());
    content.append(piece, got);
  }
  if (std::ferror(file.get()) != 0) return unreadable(path, errno);
  return content;
}

}  // namespace dss::config
