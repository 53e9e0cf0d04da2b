#include "crypto/sha256.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <vector>

#include "crypto/hex.h"

namespace dss::crypto {
namespace {

constexpr std::size_t kPiece = std::size_t{256} * 1024;

base::Status hash_descriptor(int fd, const std::string& path, Sha256* digest) {
  std::vector<char> piece(kPiece);
  while (true) {
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got == 0) return {};
    if (got > 0) {
      digest->update({piece.data(), static_cast<std::size_t>(got)});
    } else if (errno != EINTR) {
      return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));
    }
  }
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() {
    if (context == nullptr || EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1)
      throw std::bad_alloc();
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

std::string Sha256::finish_hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(state_->context, digest.data(), &size);
  EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr);
  return to_hex(digest.data(), size);
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.finish_hex();
}

base::Result<std::string> sha256_file_hex(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));
  Sha256 digest;
  const base::Status read = hash_descriptor(fd, path, &digest);
  ::close(fd);
  if (!read) return base::fail(read.error());
  return digest.finish_hex();
}

}  // namespace dss::crypto
