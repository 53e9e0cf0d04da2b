#include <charconv>
#include <cstring>
#include <string_view>

#include "base/url.h"
#include "store/libpq.h"
#include "store/sql.h"

namespace dss::store {
namespace {

using base::ErrorKind;

constexpr const char* kConnectSeconds = "3";
constexpr const char* kStatementTimeout = "SET statement_timeout = '10s'";

using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using Answer = std::unique_ptr<PGresult, void (*)(PGresult*)>;

// SQLSTATE classes (PostgreSQL documentation, appendix A): connection, lack of resources,
// intervention by the operator, transaction to be repeated, lock not available.
ErrorKind kind_of(std::string_view sqlstate) {
  if (sqlstate.empty()) return ErrorKind::kUnavailable;
  const std::string_view group = sqlstate.substr(0, 2);
  for (const std::string_view passing : {"08", "53", "57", "40", "55", "25"}) {
    if (group == passing) return ErrorKind::kUnavailable;
  }
  if (group == "58") return ErrorKind::kIo;
  return group == "XX" ? ErrorKind::kCorrupt : ErrorKind::kInternal;
}

std::string first_line(const char* message) {
  const std::string_view text(message == nullptr ? "" : message);
  return std::string(text.substr(0, text.find('\n')));
}

void ignore_notice(void*, const char*) {}

class Postgres final : public Sql {
 public:
  explicit Postgres(const Libpq* pq) : pq_(pq), connection_(nullptr, pq->finish) {}

  base::Status open(const std::string& url);
  base::Result<SqlResult> run(const char* statement, std::span<const SqlValue> values) override;
  [[nodiscard]] const char* numbering() const override {
    return "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
  }
  base::Status forget() override { return {}; }  // autovacuum's work

 private:
  [[nodiscard]] tl::unexpected<base::Error> failure(const PGresult* answer) const;
  [[nodiscard]] SqlRow row_of(const PGresult* answer, int row) const;

  const Libpq* pq_;
  Connection connection_;
};

base::Status Postgres::open(const std::string& url) {
  // What the URL says wins over what stands in front of it.
  const char* const names[] = {"connect_timeout", "fallback_application_name",
                               "client_encoding", "tcp_user_timeout",
                               "dbname",          nullptr};
  const char* const values[] = {kConnectSeconds, "dss", "UTF8", "10000", url.c_str(), nullptr};
  connection_.reset(pq_->connectdb_params(names, values, 1));
  if (pq_->status(connection_.get()) != CONNECTION_OK) {
    return base::fail(
        ErrorKind::kUnavailable,
        base::without_password(url) + ": " + first_line(pq_->error_message(connection_.get())));
  }
  pq_->set_notice_processor(connection_.get(), &ignore_notice, nullptr);
  if (const auto set = run(kStatementTimeout, {}); !set) return base::fail(set.error());
  return {};
}

// The primary message names tables and columns; the values of a row stand in the DETAIL.
tl::unexpected<base::Error> Postgres::failure(const PGresult* answer) const {
  const char* state = pq_->result_error_field(answer, PG_DIAG_SQLSTATE);
  const char* message = pq_->result_error_field(answer, PG_DIAG_MESSAGE_PRIMARY);
  if (message == nullptr) message = pq_->error_message(connection_.get());
  return base::fail(kind_of(state == nullptr ? "" : state), "PostgreSQL: " + first_line(message));
}

SqlRow Postgres::row_of(const PGresult* answer, int row) const {
  SqlRow out;
  for (int i = 0; i < pq_->nfields(answer); ++i) {
    if (pq_->getisnull(answer, row, i) != 0) {
      out.emplace_back();
    } else {
      out.emplace_back(std::in_place, pq_->getvalue(answer, row, i),
                       static_cast<std::size_t>(pq_->getlength(answer, row, i)));
    }
  }
  return out;
}

base::Result<SqlResult> Postgres::run(const char* statement, std::span<const SqlValue> values) {
  std::vector<const char*> given;
  given.reserve(values.size());
  for (const SqlValue& value : values) given.push_back(value ? value->c_str() : nullptr);
  const Answer answer(pq_->exec_params(connection_.get(), statement, static_cast<int>(given.size()),
                                       nullptr, given.data(), nullptr, nullptr, 0),
                      pq_->clear);
  const ExecStatusType status = pq_->result_status(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failure(answer.get());
  SqlResult result;
  for (int row = 0; row < pq_->ntuples(answer.get()); ++row) {
    result.rows.push_back(row_of(answer.get(), row));
  }
  const char* changed = pq_->cmd_tuples(answer.get());
  std::from_chars(changed, changed + std::strlen(changed), result.changed);
  return result;
}

}  // namespace

base::Result<std::unique_ptr<Sql>> open_postgres(const std::string& url) {
  const auto pq = libpq();
  if (!pq) return base::fail(pq.error());
  auto postgres = std::make_unique<Postgres>(*pq);
  if (const base::Status opened = postgres->open(url); !opened) return base::fail(opened.error());
  return postgres;
}

}  // namespace dss::store
