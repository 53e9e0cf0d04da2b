#include "auth/jwks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "crypto/base64url.h"
#include "json/reader.h"

namespace dss::auth {
namespace {

using base::ErrorKind;
using crypto::PublicKey;
using crypto::SignatureAlgorithm;

constexpr std::size_t kMostKeys = 100;

tl::unexpected<base::Error> invalid(std::string message) {
  return base::fail(ErrorKind::kInvalidArgument, std::move(message));
}

/// The text of a member; empty where it is absent or none.
std::string_view text_of(const json::Value& object, std::string_view name) {
  const auto member = object.find(name);
  return member ? member->string().value_or(std::string_view()) : std::string_view();
}

/// Bytes of a member; empty where they cannot be read, which no key takes.
std::string bytes_of(const json::Value& object, std::string_view name) {
  return crypto::base64url_decoded(text_of(object, name)).value_or(std::string());
}

bool has_type(const json::Value& key, SignatureAlgorithm algorithm) {
  const std::string_view type = text_of(key, "kty");
  const std::string_view curve = text_of(key, "crv");
  switch (algorithm) {
    case SignatureAlgorithm::kRs256:
      return type == "RSA";
    case SignatureAlgorithm::kEs256:
      return type == "EC" && curve == "P-256";
    case SignatureAlgorithm::kEdDsa:
      break;
  }
  return type == "OKP" && curve == "Ed25519";
}

bool is_meant_for(const json::Value& key, SignatureAlgorithm algorithm) {
  if (!key.is_object() || !has_type(key, algorithm)) return false;
  const auto use = key.find("use");
  const auto named = key.find("alg");
  return (!use || use->string() == "sig") && (!named || named->string() == name_of(algorithm));
}

base::Result<PublicKey> read_key(const json::Value& key, SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::kRs256:
      return PublicKey::rsa(bytes_of(key, "n"), bytes_of(key, "e"));
    case SignatureAlgorithm::kEs256:
      return PublicKey::p256(bytes_of(key, "x"), bytes_of(key, "y"));
    case SignatureAlgorithm::kEdDsa:
      break;
  }
  return PublicKey::ed25519(bytes_of(key, "x"));
}

}  // namespace

std::string_view name_of(SignatureAlgorithm algorithm) {
  if (algorithm == SignatureAlgorithm::kRs256) return "RS256";
  return algorithm == SignatureAlgorithm::kEs256 ? "ES256" : "EdDSA";
}

base::Result<Jwks> Jwks::parse(std::string_view text, SignatureAlgorithm algorithm) {
  json::Reader reader;
  const auto document = reader.parse(text);
  if (!document) return invalid("no JSON: " + describe(document.error(), text));
  const auto keys = document->find("keys");
  if (!keys || !keys->is_array()) return invalid("no JSON Web Key Set: 'keys' is no array");
  Jwks set;
  for (const json::Value value : keys->items()) {
    if (!is_meant_for(value, algorithm)) continue;
    auto key = read_key(value, algorithm);
    if (!key) return invalid("a damaged key: " + key.error().message);
    std::string id(text_of(value, "kid"));
    if (set.has(id)) return invalid("a key id is there twice");
    set.keys_.push_back({std::move(id), std::move(*key)});
    if (set.keys_.size() > kMostKeys) return invalid("more than 100 keys");
  }
  if (set.keys_.empty()) return invalid("no key for " + std::string(name_of(algorithm)));
  return set;
}

bool Jwks::has(std::string_view id) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [id](const Entry& entry) { return entry.id == id; });
}

const PublicKey* Jwks::find(std::string_view id) const {
  if (id.empty()) return keys_.size() == 1 ? &keys_.front().key : nullptr;
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [id](const Entry& entry) { return entry.id == id; });
  return found == keys_.end() ? nullptr : &found->key;
}

}  // namespace dss::auth
