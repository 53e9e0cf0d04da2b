#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/sql.h"

namespace dss::store {
namespace {

using base::ErrorKind;

constexpr int kBusyMilliseconds = 2000;

ErrorKind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorKind::kUnavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorKind::kCorrupt;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return ErrorKind::kIo;
    default:
      return ErrorKind::kInternal;
  }
}

using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

void bind(sqlite3_stmt* statement, std::span<const SqlValue> values) {
  int place = 1;
  for (const SqlValue& value : values) {
    if (value) {
      sqlite3_bind_text64(statement, place, value->data(), value->size(), SQLITE_STATIC,
                          SQLITE_UTF8);
    }
    ++place;
  }
}

SqlRow row_of(sqlite3_stmt* statement) {
  SqlRow row;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
    if (text == nullptr) {
      row.emplace_back();
    } else {
      row.emplace_back(std::in_place, text,
                       static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
    }
  }
  return row;
}

class Sqlite final : public Sql {
 public:
  explicit Sqlite(std::string path) : path_(std::move(path)) {}
  ~Sqlite() override { sqlite3_close(handle_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  base::Status open();
  base::Result<SqlResult> run(const char* statement, std::span<const SqlValue> values) override;
  [[nodiscard]] const char* numbering() const override {
    return "INTEGER PRIMARY KEY AUTOINCREMENT";
  }
  base::Status forget() override;

 private:
  [[nodiscard]] tl::unexpected<base::Error> failure(int code) const {
    return base::fail(kind_of(code), path_ + ": " + sqlite3_errmsg(handle_));
  }
  base::Status create_private_file() const;

  const std::string path_;
  sqlite3* handle_ = nullptr;
};

// SQLite gives its -wal and -shm files the rights of the database.
base::Status Sqlite::create_private_file() const {
  const int fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return base::fail(ErrorKind::kIo, path_ + ": " + std::strerror(errno));
  ::close(fd);
  return {};
}

base::Status Sqlite::open() {
  if (const base::Status created = create_private_file(); !created) return created;
  const int code = sqlite3_open_v2(path_.c_str(), &handle_,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return failure(code);
  sqlite3_busy_timeout(handle_, kBusyMilliseconds);
  // Kept texts must not get into files elsewhere (/var/tmp), which a sandbox would refuse besides.
  for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
                             "PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY"}) {
    if (const auto done = run(pragma, {}); !done) return base::fail(done.error());
  }
  return {};
}

base::Result<SqlResult> Sqlite::run(const char* text, std::span<const SqlValue> values) {
  sqlite3_stmt* prepared = nullptr;
  if (const int code = sqlite3_prepare_v2(handle_, text, -1, &prepared, nullptr);
      code != SQLITE_OK) {
    return failure(code);
  }
  const Statement statement(prepared, &sqlite3_finalize);
  bind(prepared, values);
  SqlResult result;
  int code = sqlite3_step(prepared);
  for (; code == SQLITE_ROW; code = sqlite3_step(prepared)) result.rows.push_back(row_of(prepared));
  if (code != SQLITE_DONE) return failure(code);
  result.changed = static_cast<std::uint64_t>(sqlite3_changes(handle_));
  return result;
}

base::Status Sqlite::forget() {
  // secure_delete has overwritten the pages; the log of writes still holds their old content.
  const auto done = run("PRAGMA wal_checkpoint(TRUNCATE)", {});
  if (!done) return base::fail(done.error());
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Sql>> open_sqlite(const std::string& path) {
  auto sqlite = std::make_unique<Sqlite>(path);
  if (const base::Status opened = sqlite->open(); !opened) return base::fail(opened.error());
  return sqlite;
}

}  // namespace dss::store
