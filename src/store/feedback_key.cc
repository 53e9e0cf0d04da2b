#include "store/feedback_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "crypto/hmac.h"
#include "crypto/random.h"

namespace dss::store {
namespace {

using base::ErrorKind;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHashDigits = 32;

tl::unexpected<base::Error> system_failure(const std::string& path, int cause) {
  return base::fail(cause == ENOENT ? ErrorKind::kNotFound : ErrorKind::kIo,
                    path + ": " + std::strerror(cause));
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// A file that could not be written whole is taken away again: half a key is none.
base::Status write_new(const std::string& path, const std::string& key) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST) return {};
  if (fd < 0) return system_failure(path, errno);
  const std::string line = key + "\n";
  const ssize_t written = ::write(fd, line.data(), line.size());
  const int cause = written < 0 ? errno : ENOSPC;
  ::close(fd);
  if (written == static_cast<ssize_t>(line.size())) return {};
  ::unlink(path.c_str());
  return system_failure(path, cause);
}

}  // namespace

base::Result<FeedbackKey> FeedbackKey::read(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return system_failure(path, errno);
  char buffer[256];
  const ssize_t got = ::read(fd, buffer, sizeof buffer);
  const int cause = errno;
  ::close(fd);
  if (got < 0) return system_failure(path, cause);
  std::string key(buffer, static_cast<std::size_t>(got));
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  if (key.size() != 2 * kKeyBytes || !std::all_of(key.begin(), key.end(), is_hex)) {
    return base::fail(ErrorKind::kInvalidArgument,
                      path + ": no key; it must hold 64 hex digits (openssl rand -hex 32)");
  }
  return FeedbackKey(std::move(key));
}

base::Result<FeedbackKey> FeedbackKey::read_or_create(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
    const base::Status written = write_new(path, crypto::random_hex(kKeyBytes));
    if (!written) return base::fail(written.error());
  }
  return read(path);
}

std::string FeedbackKey::text_hash(std::string_view text) const {
  return crypto::hmac_sha256_hex(key_, "text:" + std::string(text)).substr(0, kHashDigits);
}

std::string FeedbackKey::client_hash(std::string_view token, std::string_view tenant) const {
  if (token.empty()) return {};
  if (!tenant.empty()) {
    std::string message = "tenant:" + std::to_string(tenant.size()) + ":";
    message.append(tenant).append(token);
    return crypto::hmac_sha256_hex(key_, message).substr(0, kHashDigits);
  }
  return crypto::hmac_sha256_hex(key_, "client:" + std::string(token)).substr(0, kHashDigits);
}

}  // namespace dss::store
