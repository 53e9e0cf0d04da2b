#include "auth/file_key_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <utility>

#include "auth/key_file.h"

namespace dss::auth {
namespace {

using base::ErrorKind;

// Some 100,000 keys; a wrong path may be anything.
constexpr std::size_t kMaxBytes = std::size_t{32} << 20;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<base::Error> io_error(const std::string& path) {
  return base::fail(ErrorKind::kIo, path + ": " + std::strerror(errno));
}

base::Result<std::string> read_all(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return io_error(path);
  std::string text;
  char piece[65536];
  while (true) {
    const ssize_t got = ::read(file.get(), piece, sizeof piece);
    if (got == 0) return text;
    if (got < 0) return io_error(path);
    text.append(piece, static_cast<std::size_t>(got));
    if (text.size() > kMaxBytes) {
      return base::fail(ErrorKind::kCorrupt, path + ": too large for a file of keys");
    }
  }
}

base::Status write_whole(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) return io_error(fresh);
    while (!text.empty()) {
      const ssize_t put = ::write(file.get(), text.data(), text.size());
      if (put < 0) return io_error(fresh);
      text.remove_prefix(static_cast<std::size_t>(put));
    }
    struct stat old{};
    if (::stat(path.c_str(), &old) == 0) ::fchmod(file.get(), old.st_mode & 07777);
    if (::fsync(file.get()) != 0) return io_error(fresh);
  }
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return io_error(path);
  return {};
}

class FileKeyStore final : public KeyStore {
 public:
  explicit FileKeyStore(std::string path) : path_(std::move(path)) {}

  base::Result<std::vector<Key>> list() override {
    auto text = read_all(path_);
    if (!text) return base::fail(text.error());
    auto keys = parse_keys(*text);
    if (!keys) return base::fail(keys.error().kind, path_ + ": " + keys.error().message);
    return keys;
  }

  base::Status add(const Key& key) override {
    return change([&](std::vector<Key>* keys) -> base::Status {
      for (const Key& known : *keys) {
        if (known.id == key.id) {
          return base::fail(ErrorKind::kInvalidArgument, key.id + ": there is such a key already");
        }
      }
      keys->push_back(key);
      return {};
    });
  }

  base::Status revoke(const std::string& id, base::SystemTime when) override {
    return change([&](std::vector<Key>* keys) -> base::Status {
      const auto key =
          std::find_if(keys->begin(), keys->end(), [&](const Key& one) { return one.id == id; });
      if (key == keys->end()) return base::fail(ErrorKind::kNotFound, id + ": no such key");
      key->revoked = std::min(key->revoked.value_or(when), when);
      return {};
    });
  }

 private:
  base::Status change(const std::function<base::Status(std::vector<Key>*)>& edit) {
    // The file itself is replaced, so the lock is on one beside it.
    const std::string lock_path = path_ + ".lock";
    const Descriptor lock(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.get() < 0 || ::flock(lock.get(), LOCK_EX) != 0) return io_error(lock_path);
    auto keys = ::access(path_.c_str(), F_OK) == 0 ? list() : std::vector<Key>();
    if (!keys) return base::fail(keys.error());
    if (const base::Status edited = edit(&*keys); !edited) return edited;
    std::string text = "# Keys of dss: hashes only. Made and changed by 'dss keys'.\n";
    for (const Key& key : *keys) text += key_line(key);
    return write_whole(path_, text);
  }

  const std::string path_;
};

}  // namespace

base::Result<std::unique_ptr<KeyStore>> open_file_key_store(const std::string& path) {
  return std::make_unique<FileKeyStore>(path);
}

}  // namespace dss::auth
