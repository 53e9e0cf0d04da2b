#include "crypto/sha256_digest.h"

#include <openssl/evp.h>

#include <memory>
#include <new>

#include "crypto/hex.h"

namespace dss::crypto {
namespace {

/// The algorithm is looked up once a thread: EVP_sha256() would do so, under a lock, every time.
class Digester {
 public:
  Digester() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (algorithm_ == nullptr || context_ == nullptr ||
        EVP_DigestInit_ex2(context_, algorithm_, nullptr) != 1) {
      throw std::bad_alloc();
    }
  }
  ~Digester() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(algorithm_);
  }
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;

  Sha256Digest digest(std::string_view bytes) {
    Sha256Digest out{};
    EVP_DigestInit_ex2(context_, nullptr, nullptr);
    EVP_DigestUpdate(context_, bytes.data(), bytes.size());
    EVP_DigestFinal_ex(context_, out.data(), nullptr);
    return out;
  }

 private:
  EVP_MD* algorithm_;
  EVP_MD_CTX* context_;
};

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

Sha256Digest sha256_digest(std::string_view bytes) {
  static thread_local Digester digester;
  return digester.digest(bytes);
}

std::string hex_of(const Sha256Digest& digest) { return to_hex(digest.data(), digest.size()); }

bool read_hex(std::string_view hex, Sha256Digest* digest) {
  if (hex.size() != 2 * digest->size()) return false;
  for (std::size_t i = 0; i < digest->size(); ++i) {
    const int high = value_of(hex[2 * i]);
    const int low = value_of(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    (*digest)[i] = static_cast<std::uint8_t>(16 * high + low);
  }
  return true;
}

}  // namespace dss::crypto
