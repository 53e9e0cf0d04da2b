#include "auth/jwt_verifier.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "crypto/constant_time.h"

namespace dss::auth {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

base::Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (text.size() <= kMostBytes) return text;
  return base::fail(base::ErrorKind::kInvalidArgument, path + ": too large for a key set");
}

}  // namespace

base::Result<std::unique_ptr<JwtVerifier>> JwtVerifier::open(Config config) {
  std::unique_ptr<JwtVerifier> verifier(new JwtVerifier(std::move(config)));
  if (const base::Status read = verifier->reload(); !read) return base::fail(read.error());
  return verifier;
}

base::Status JwtVerifier::reload() {
  const auto text = read_file(config_.jwks_file);
  if (!text) return base::fail(text.error());
  auto keys = Jwks::parse(*text, config_.rules.algorithm);
  if (!keys) {
    return base::fail(keys.error().kind, config_.jwks_file + ": " + keys.error().message);
  }
  const std::lock_guard lock(mutex_);
  keys_ = std::make_shared<const Jwks>(std::move(*keys));
  return {};
}

std::shared_ptr<const Jwks> JwtVerifier::current() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

std::optional<Principal> JwtVerifier::find(std::string_view token) {
  const crypto::Sha256Digest digest = crypto::sha256_digest(token);
  const base::SystemTime now = config_.clock->system();
  const std::shared_ptr<const Jwks> keys = current();
  Set& set = sets_[(digest[0] + 256U * digest[1]) % kSets];
  {
    const std::lock_guard lock(set.mutex);
    for (const Known& known : set.known) {
      if (known.by == keys && now < known.expires &&
          crypto::equal_constant_time(crypto::bytes_of(known.digest), crypto::bytes_of(digest))) {
        return known.principal;
      }
    }
  }
  const auto verified = verify_jwt(token, *keys, config_.rules, now);
  if (!verified) return std::nullopt;
  const std::lock_guard lock(set.mutex);
  set.known[set.next++ % kWays] = {
      .digest = digest, .principal = verified->principal, .expires = verified->expires, .by = keys};
  return verified->principal;
}

}  // namespace dss::auth
