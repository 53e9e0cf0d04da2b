#include "auth/sql_key_store.h"

#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include "store/sql.h"

namespace dss::auth {
namespace {

using base::ErrorKind;
using store::SqlRow;
using store::SqlValue;

constexpr const char* kTable =
    "CREATE TABLE IF NOT EXISTS dss_keys (key_id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, "
    "name TEXT NOT NULL, roles TEXT NOT NULL, tenant TEXT NOT NULL, created_at BIGINT NOT NULL, "
    "expires_at BIGINT, revoked_at BIGINT)";
constexpr const char* kSelect =
    "SELECT key_id, digest, name, roles, tenant, created_at, expires_at, revoked_at FROM dss_keys "
    "ORDER BY created_at, key_id";
constexpr const char* kInsert =
    "INSERT INTO dss_keys (key_id, digest, name, roles, tenant, created_at, expires_at, "
    "revoked_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
// `$1` twice, since numbers must first appear in ascending order.
constexpr const char* kRevoke =
    "UPDATE dss_keys SET revoked_at = CASE WHEN revoked_at < $1 THEN revoked_at ELSE $1 END "
    "WHERE key_id = $2";
constexpr std::size_t kColumns = 8;

std::string to_text(base::SystemTime time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  return std::to_string(whole.time_since_epoch().count());
}

SqlValue to_text(const std::optional<base::SystemTime>& time) {
  return time ? SqlValue(to_text(*time)) : std::nullopt;
}

std::optional<base::SystemTime> to_time(const SqlValue& value) {
  if (!value) return std::nullopt;
  std::int64_t seconds = 0;
  std::from_chars(value->data(), value->data() + value->size(), seconds);
  return base::SystemTime(std::chrono::seconds(seconds));
}

base::Result<Key> key_of(const SqlRow& row) {
  const auto damaged = [](std::string_view what) {
    return base::fail(ErrorKind::kCorrupt, "the table dss_keys holds a bad " + std::string(what));
  };
  if (row.size() != kColumns) return base::fail(ErrorKind::kInternal, "a row too short");
  Key key;
  key.id = row[0].value_or("");
  if (!is_key_id(key.id)) return damaged("key_id");
  if (!crypto::read_hex(row[1].value_or(""), &key.digest)) return damaged("digest");
  key.name = row[2].value_or("");
  const auto roles = parse_roles(row[3].value_or(""));
  if (!roles) return damaged("role");
  key.roles = *roles;
  key.tenant = row[4].value_or("");
  key.created = to_time(row[5]).value_or(base::SystemTime());
  key.expires = to_time(row[6]);
  key.revoked = to_time(row[7]);
  return key;
}

class SqlKeyStore final : public KeyStore {
 public:
  explicit SqlKeyStore(std::unique_ptr<store::Sql> sql) : sql_(std::move(sql)) {}

  base::Status prepare() {
    // A role that may only read the table need not be allowed to make it.
    if (sql_->run("SELECT 1 FROM dss_keys WHERE key_id = ''")) return {};
    if (const auto made = sql_->run(kTable); !made) return base::fail(made.error());
    return {};
  }

  base::Result<std::vector<Key>> list() override {
    const auto found = sql_->run(kSelect);
    if (!found) return base::fail(found.error());
    std::vector<Key> keys;
    for (const SqlRow& row : found->rows) {
      auto key = key_of(row);
      if (!key) return base::fail(key.error());
      keys.push_back(std::move(*key));
    }
    return keys;
  }

  base::Status add(const Key& key) override {
    const std::array<SqlValue, kColumns> values = {key.id,
                                                   crypto::hex_of(key.digest),
                                                   key.name,
                                                   to_string(key.roles),
                                                   key.tenant,
                                                   to_text(key.created),
                                                   to_text(key.expires),
                                                   to_text(key.revoked)};
    const auto done = sql_->run(kInsert, values);
    if (!done) return base::fail(done.error());
    if (done->changed == 1) return {};
    return base::fail(ErrorKind::kInvalidArgument, key.id + ": there is such a key already");
  }

  base::Status revoke(const std::string& id, base::SystemTime when) override {
    const std::array<SqlValue, 2> values = {to_text(when), id};
    const auto done = sql_->run(kRevoke, values);
    if (!done) return base::fail(done.error());
    if (done->changed == 1) return {};
    return base::fail(ErrorKind::kNotFound, id + ": no such key");
  }

 private:
  std::unique_ptr<store::Sql> sql_;
};

}  // namespace

base::Result<std::unique_ptr<KeyStore>> open_sql_key_store(const store::Location& location) {
  auto sql = location.kind == store::Location::Kind::kSqlite ? store::open_sqlite(location.value)
                                                             : store::open_postgres(location.value);
  if (!sql) return base::fail(sql.error());
  auto keys = std::make_unique<SqlKeyStore>(std::move(*sql));
  if (const base::Status done = keys->prepare(); !done) return base::fail(done.error());
  return keys;
}

}  // namespace dss::auth
