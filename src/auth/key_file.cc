#include "auth/key_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include "auth/utc_time.h"

namespace dss::auth {
namespace {

using Fault = std::string_view;  // empty: none

std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

Fault take_time(std::string_view text, base::SystemTime* time) {
  const auto read = parse_utc(text);
  if (!read) return "a time is not of the form 2026-03-01T08:30:00Z";
  *time = *read;
  return {};
}

Fault take_time(std::string_view text, std::optional<base::SystemTime>* time) {
  base::SystemTime read{};
  const Fault fault = take_time(text, &read);
  if (fault.empty()) *time = read;
  return fault;
}

Fault take_digest(std::string_view text, Key* key) {
  return crypto::read_hex(text, &key->digest) ? Fault() : "sha256 is not 64 hex digits";
}
Fault take_roles(std::string_view text, Key* key) {
  const auto roles = parse_roles(text);
  if (!roles) return "roles are score, feedback, metrics and admin, joined by commas";
  key->roles = *roles;
  return {};
}
Fault take_tenant(std::string_view text, Key* key) {
  if (text.empty() || !fault_of_tenant(text).empty()) return "the tenant is not a tenant's name";
  key->tenant = text;
  return {};
}
Fault take_name(std::string_view text, Key* key) {
  if (!fault_of_name(text).empty()) return "the name is empty, too long or not printable";
  key->name = text;
  return {};
}

struct Field {
  std::string_view name;
  bool needed;
  Fault (*take)(std::string_view value, Key* key);
};
constexpr std::array kFields = {
    Field{"sha256", true, take_digest},
    Field{"roles", true, take_roles},
    Field{"tenant", false, take_tenant},
    Field{"created", true,
          [](std::string_view text, Key* key) { return take_time(text, &key->created); }},
    Field{"expires", false,
          [](std::string_view text, Key* key) { return take_time(text, &key->expires); }},
    Field{"revoked", false,
          [](std::string_view text, Key* key) { return take_time(text, &key->revoked); }},
    Field{"name", true, take_name},
};
constexpr std::size_t kNameField = kFields.size() - 1;

/// Takes `name=value` off the front of `line` into `key`.
Fault take_field(std::string_view* line, std::array<bool, kFields.size()>* seen, Key* key) {
  const std::size_t mark = std::min(line->find('='), line->size());
  const std::string_view name = line->substr(0, mark);
  const auto field = std::find_if(kFields.begin(), kFields.end(),
                                  [name](const Field& one) { return one.name == name; });
  if (field == kFields.end() || mark == line->size()) return "a field is unknown";
  const auto place = static_cast<std::size_t>(field - kFields.begin());
  if (std::exchange((*seen)[place], true)) return "a field is there twice";
  line->remove_prefix(mark + 1);
  const std::size_t end =
      place == kNameField ? line->size() : std::min(line->find(' '), line->size());
  const std::string_view value = line->substr(0, end);
  line->remove_prefix(end);
  *line = trimmed(*line);
  return field->take(value, key);
}

Fault read_line(std::string_view line, Key* key) {
  const std::size_t space = std::min(line.find(' '), line.size());
  key->id = line.substr(0, space);
  if (!is_key_id(key->id)) return "a line begins with dss_ and 8 hex digits, the key's prefix";
  line = trimmed(line.substr(space));
  std::array<bool, kFields.size()> seen{};
  while (!line.empty()) {
    if (const Fault fault = take_field(&line, &seen, key); !fault.empty()) return fault;
  }
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i].needed && !seen[i]) return "sha256, roles, created and name are needed";
  }
  return {};
}

}  // namespace

std::string key_line(const Key& key) {
  std::string line =
      key.id + " sha256=" + crypto::hex_of(key.digest) + " roles=" + to_string(key.roles);
  if (!key.tenant.empty()) line += " tenant=" + key.tenant;
  line += " created=" + utc_text(key.created);
  if (key.expires) line += " expires=" + utc_text(*key.expires);
  if (key.revoked) line += " revoked=" + utc_text(*key.revoked);
  return line + " name=" + key.name + "\n";
}

base::Result<std::vector<Key>> parse_keys(std::string_view text) {
  std::vector<Key> keys;
  std::unordered_set<std::string> known;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    Key key;
    Fault fault = read_line(line, &key);
    if (fault.empty() &&
        !(known.insert(key.id).second && known.insert(crypto::hex_of(key.digest)).second)) {
      fault = "the key is there twice";
    }
    if (!fault.empty()) {
      return base::fail(base::ErrorKind::kCorrupt,
                        "line " + std::to_string(number) + ": " + std::string(fault));
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace dss::auth
