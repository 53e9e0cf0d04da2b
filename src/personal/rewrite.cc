#include "personal/rewrite.h"

#include <fstream>

#include "base/utf8.h"
#include "crypto/hmac.h"
#include "personal/characters.h"
#include "personal/placeholder.h"

namespace dss::personal {
namespace {

using base::ErrorKind;

constexpr std::size_t kLeastKey = 32;

bool is_number(Kind kind) {
  return kind == Kind::kPhone || kind == Kind::kIban || kind == Kind::kCard || kind == Kind::kNir ||
         kind == Kind::kSsn;
}

// Equal for two spellings of one value.
std::string canonical(Kind kind, std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (is_number(kind) && !is_ascii_alnum(c) && c != '+') continue;
    out += kind == Kind::kEmail || is_number(kind) ? lower(c) : c;
  }
  return out;
}

template <typename Replace>
std::string replaced(std::string_view text, const Entities& entities, const Replace& replace) {
  std::string out;
  out.reserve(text.size() + 16 * entities.size());
  std::size_t at = 0;
  for (const Entity& entity : entities) {
    out += text.substr(at, entity.begin - at);
    replace(entity.kind, text.substr(entity.begin, entity.end - entity.begin), &out);
    at = entity.end;
  }
  out += text.substr(at);
  return out;
}

}  // namespace

std::optional<Strategy> strategy_named(std::string_view name) {
  if (name == "mask") return Strategy::kMask;
  if (name == "hash") return Strategy::kHash;
  if (name == "drop") return Strategy::kDrop;
  return std::nullopt;
}

base::Result<HashKey> HashKey::read(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) return base::fail(ErrorKind::kNotFound, path + ": the key file cannot be read");
  std::string key;
  std::getline(stream, key);
  while (key.ends_with('\r')) key.pop_back();
  if (key.size() < kLeastKey) {
    return base::fail(ErrorKind::kInvalidArgument,
                      path + ": the key must have at least 32 characters (openssl rand -hex 32)");
  }
  return HashKey(std::move(key));
}

std::string HashKey::hash(Kind kind, std::string_view value) const {
  const std::string message = std::string(name_of(kind)) + ":" + canonical(kind, value);
  return crypto::hmac_sha256_hex(key_, message).substr(0, kHashDigits);
}

std::string rewritten(std::string_view text, const Entities& entities, Strategy strategy,
                      const HashKey* key) {
  return replaced(text, entities, [&](Kind kind, std::string_view value, std::string* out) {
    if (strategy == Strategy::kDrop) return;
    const bool hashed = strategy == Strategy::kHash && key != nullptr;
    append_placeholder(kind, hashed ? key->hash(kind, value) : std::string(), out);
  });
}

std::string blanked(std::string_view text, const Entities& entities) {
  return replaced(text, entities, [](Kind, std::string_view value, std::string* out) {
    out->append(base::count_code_points(value), ' ');
  });
}

}  // namespace dss::personal
