#include "weights/file_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace dss::weights {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

constexpr int kShrunk = -1;

/// 0, an errno, or kShrunk.
int read_all(int file, std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::read(file, bytes.data(), bytes.size());
    if (count == 0) return kShrunk;
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return 0;
}

tl::unexpected<base::Error> refused(const std::string& path, int cause) {
  const std::string text =
      cause == kShrunk ? "became shorter while it was read" : std::strerror(cause);
  return base::fail(base::ErrorKind::kIo, path + ": " + text);
}

}  // namespace

base::Result<FileBytes> FileBytes::open(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return refused(path, errno);
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) return refused(path, errno);
  if (!S_ISREG(status.st_mode)) return refused(path, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return FileBytes(path, {});
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return refused(path, errno);
  // Advice only: a fault for each small page would take longer than reading.
  static_cast<void>(::madvise(memory, size, MADV_HUGEPAGE));
  const std::span<std::byte> bytes(static_cast<std::byte*>(memory), size);
  FileBytes read(path, bytes);
  if (const int cause = read_all(file.number(), bytes); cause != 0) return refused(path, cause);
  return read;
}

FileBytes::FileBytes(std::string path, std::span<const std::byte> bytes)
    : path_(std::move(path)), bytes_(bytes) {}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : path_(std::move(other.path_)), bytes_(std::exchange(other.bytes_, {})) {}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

FileBytes::~FileBytes() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace dss::weights
