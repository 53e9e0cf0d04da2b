#include "auth/jwt.h"

#include <algorithm>
#include <optional>

#include "auth/key.h"
#include "crypto/base64url.h"
#include "json/reader.h"

namespace dss::auth {
namespace {

using Fault = std::string_view;  // empty: none

// Header lines are no longer.
constexpr std::size_t kLongestToken = 8192;
constexpr std::size_t kLongestSubject = 1024;
// Of times in tokens: until the year 2200.
constexpr double kMostSeconds = 7.3e9;

tl::unexpected<base::Error> refused(Fault fault) {
  return base::fail(base::ErrorKind::kUnauthorized, std::string(fault));
}

struct Parts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_part;  ///< header and claims
};

std::optional<Parts> split(std::string_view token) {
  const std::size_t first = token.find('.');
  if (token.size() > kLongestToken || first == token.npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) return std::nullopt;
  return Parts{.header = token.substr(0, first),
               .claims = token.substr(first + 1, second - first - 1),
               .signature = token.substr(second + 1),
               .signed_part = token.substr(0, second)};
}

bool is_text(const std::optional<json::Value>& member, std::string_view wanted) {
  return member && member->string() == wanted;
}

/// Times are numbers of seconds, with a fraction perhaps.
std::optional<base::SystemTime> time_of(const json::Value& member) {
  const auto seconds = member.number();
  if (!seconds || !(*seconds >= 0) || *seconds > kMostSeconds) return std::nullopt;
  return base::SystemTime(std::chrono::duration_cast<base::SystemTime::duration>(
      std::chrono::duration<double>(*seconds)));
}

Fault check_header(const json::Value& header, const JwtRules& rules) {
  if (!header.is_object()) return "the header is no object";
  if (!is_text(header.find("alg"), name_of(rules.algorithm))) return "another algorithm";
  if (header.find("crit")) return "the header has critical extensions";
  const auto type = header.find("typ");
  const bool usual = !type || is_text(type, "JWT") || is_text(type, "jwt") ||
                     is_text(type, "at+jwt") || is_text(type, "application/at+jwt");
  return usual ? Fault() : "no access token by its type";
}

bool has_audience(const std::optional<json::Value>& member, std::string_view wanted) {
  if (is_text(member, wanted)) return true;
  if (!member || !member->is_array()) return false;
  for (const json::Value one : member->items()) {
    if (one.string() == wanted) return true;
  }
  return false;
}

Fault check_times(const json::Value& claims, const JwtRules& rules, base::SystemTime now,
                  base::SystemTime* expires) {
  const auto exp = claims.find("exp");
  const auto end = exp ? time_of(*exp) : std::nullopt;
  if (!end) return "exp is missing or no time";
  *expires = *end + rules.leeway;
  if (now >= *expires) return "expired";
  for (const std::string_view name : {"nbf", "iat"}) {
    const auto member = claims.find(name);
    if (!member) continue;
    const auto begin = time_of(*member);
    if (!begin) return "nbf or iat is no time";
    if (now + rules.leeway < *begin) return "not valid yet";
  }
  return {};
}

Roles roles_in(const std::optional<json::Value>& member) {
  Roles roles;
  if (!member) return roles;
  for (const json::Value one : member->items()) {
    if (const auto name = one.string()) add_role(*name, &roles);
  }
  std::string_view text = member->string().value_or(std::string_view());
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    add_role(text.substr(0, space), &roles);
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return roles;
}

Fault read_claims(const json::Value& claims, const JwtRules& rules, base::SystemTime now,
                  VerifiedToken* token) {
  if (!claims.is_object()) return "the claims are no object";
  if (!is_text(claims.find("iss"), rules.issuer)) return "another issuer";
  if (!has_audience(claims.find("aud"), rules.audience)) return "another audience";
  if (const Fault fault = check_times(claims, rules, now, &token->expires); !fault.empty()) {
    return fault;
  }
  const auto subject = claims.find("sub");
  const std::string_view name = subject ? subject->string().value_or(std::string_view()) : "";
  if (name.empty() || name.size() > kLongestSubject) return "sub is missing or too long";
  token->principal.account = account_of(rules.issuer + '\0' + std::string(name));
  token->principal.roles = roles_in(claims.find(rules.roles_claim));
  if (rules.tenant_claim.empty()) return {};
  const auto tenant = claims.find(rules.tenant_claim);
  const std::string_view named = tenant ? tenant->string().value_or(std::string_view()) : "";
  if (named.empty() || !fault_of_tenant(named).empty()) return "the tenant is missing or no name";
  token->principal.tenant = tenant_of(named);
  return {};
}

/// The id of the key that signed, once the header has been found right.
base::Result<std::string> read_header(std::string_view part, const JwtRules& rules) {
  const auto bytes = crypto::base64url_decoded(part);
  if (!bytes) return refused("the header is no base64");
  json::Reader& reader = json::thread_reader();
  const auto header = reader.parse(*bytes);
  if (!header) return refused("the header is no JSON");
  if (const Fault fault = check_header(*header, rules); !fault.empty()) return refused(fault);
  const auto id = header->find("kid");
  if (!id) return std::string();
  const std::string_view text = id->string().value_or(std::string_view());
  if (text.empty()) return refused("kid is no text");
  return std::string(text);
}

}  // namespace

bool looks_like_jwt(std::string_view credential) {
  return std::count(credential.begin(), credential.end(), '.') == 2;
}

base::Result<VerifiedToken> verify_jwt(std::string_view token, const Jwks& keys,
                                       const JwtRules& rules, base::SystemTime now) {
  const auto parts = split(token);
  if (!parts) return refused("not three parts");
  const auto id = read_header(parts->header, rules);
  if (!id) return base::fail(id.error());
  const crypto::PublicKey* key = keys.find(*id);
  if (key == nullptr) return refused("no such key in the key set");
  const auto claims = crypto::base64url_decoded(parts->claims);
  const auto signature = crypto::base64url_decoded(parts->signature);
  if (!claims || !signature) return refused("claims or signature are no base64");
  const auto read = json::thread_reader().parse(*claims);
  if (!read) return refused("the claims are no JSON");
  VerifiedToken verified;
  if (const Fault fault = read_claims(*read, rules, now, &verified); !fault.empty()) {
    return refused(fault);
  }
  if (!key->verify(parts->signed_part, *signature)) return refused("the signature is wrong");
  return verified;
}

}  // namespace dss::auth
