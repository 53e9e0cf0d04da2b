#include "store/sql_feedback.h"

#include <charconv>
#include <chrono>

#include "store/ratings.h"

namespace dss::store {
namespace {

using base::ErrorKind;
using std::chrono::microseconds;

constexpr int kSchema = 1;
constexpr const char* kColumns =
    "entry_id, received_at, text_hash, labels, scores, model, model_version, comment_id, "
    "community_id, client_hash, text";
constexpr std::size_t kColumnCount = 11;

std::string to_text(base::SystemTime time) {
  return std::to_string(std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count());
}

std::int64_t to_number(const SqlValue& value) {
  std::int64_t number = 0;
  if (value) std::from_chars(value->data(), value->data() + value->size(), number);
  return number;
}

std::uint64_t to_count(const SqlValue& value) {
  return static_cast<std::uint64_t>(to_number(value));
}

base::SystemTime to_time(const SqlValue& value) {
  return base::SystemTime(
      std::chrono::duration_cast<base::SystemTime::duration>(microseconds(to_number(value))));
}

/// Empty texts are NULL: they say nothing.
SqlValue given(std::string_view text) {
  if (text.empty()) return std::nullopt;
  SqlValue value(std::in_place);
  for (const char c : text) {
    if (c == '\0') {
      *value += "\xEF\xBF\xBD";
    } else {
      *value += c;
    }
  }
  return value;
}

std::vector<SqlValue> values_of(const Entry& entry) {
  return {entry.id,
          to_text(entry.received),
          entry.text_hash,
          ratings_json(entry.labels),
          ratings_json(entry.scores),
          given(entry.model),
          given(entry.model_version),
          given(entry.comment_id),
          given(entry.community_id),
          given(entry.client_hash),
          entry.text ? given(*entry.text) : std::nullopt};
}

base::Result<Numbered> entry_of(const SqlRow& row) {
  if (row.size() != kColumnCount + 1) return base::fail(ErrorKind::kInternal, "a row too short");
  auto labels = parse_ratings(row[4].value_or(""));
  if (!labels) return base::fail(labels.error());
  auto scores = parse_ratings(row[5].value_or(""));
  if (!scores) return base::fail(scores.error());
  return Numbered{.number = to_number(row[0]),
                  .entry = {.id = row[1].value_or(""),
                            .received = to_time(row[2]),
                            .text_hash = row[3].value_or(""),
                            .labels = std::move(*labels),
                            .scores = std::move(*scores),
                            .model = row[6].value_or(""),
                            .model_version = row[7].value_or(""),
                            .comment_id = row[8].value_or(""),
                            .community_id = row[9].value_or(""),
                            .client_hash = row[10].value_or(""),
                            .text = row[11]}};
}

class SqlFeedback final : public Feedback {
 public:
  explicit SqlFeedback(std::unique_ptr<Sql> sql) : sql_(std::move(sql)) {}

  base::Status prepare();
  base::Status add(std::span<const Entry> entries) override;
  base::Result<std::vector<Numbered>> after(std::int64_t number, base::SystemTime since,
                                            std::size_t limit) override;
  base::Result<std::uint64_t> remove_client(const std::string& client_hash) override;
  base::Result<Expired> expire(const Expiry& expiry) override;
  base::Result<Statistics> statistics() override;

 private:
  base::Status check_schema();
  base::Status insert(std::span<const Entry> entries);
  base::Status finish(base::Status done);
  base::Result<std::uint64_t> change(const char* statement, const std::string& value);
  base::Result<std::vector<ModelCount>> count_models();

  std::unique_ptr<Sql> sql_;
};

base::Status SqlFeedback::check_schema() {
  const auto found = sql_->run("SELECT version FROM dss_feedback_schema");
  if (!found) return base::fail(found.error());
  if (found->rows.empty()) {
    const SqlValue version = std::to_string(kSchema);
    const auto written =
        sql_->run("INSERT INTO dss_feedback_schema (version) VALUES ($1)", {&version, 1});
    if (!written) return base::fail(written.error());
    return {};
  }
  if (to_number(found->rows.front().front()) == kSchema) return {};
  return base::fail(ErrorKind::kInvalidArgument,
                    "the feedback database was made by a newer version of dss");
}

base::Status SqlFeedback::prepare() {
  const std::string table = std::string("CREATE TABLE IF NOT EXISTS dss_feedback (number ") +
                            sql_->numbering() +
                            ", entry_id TEXT NOT NULL UNIQUE, received_at BIGINT NOT NULL, "
                            "text_hash TEXT NOT NULL, labels TEXT NOT NULL, scores TEXT NOT NULL, "
                            "model TEXT, model_version TEXT, comment_id TEXT, community_id TEXT, "
                            "client_hash TEXT, text TEXT)";
  for (const char* statement :
       {"CREATE TABLE IF NOT EXISTS dss_feedback_schema (version BIGINT NOT NULL)", table.c_str(),
        "CREATE INDEX IF NOT EXISTS dss_feedback_client ON dss_feedback (client_hash) "
        "WHERE client_hash IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS dss_feedback_received ON dss_feedback (received_at)",
        "CREATE INDEX IF NOT EXISTS dss_feedback_text ON dss_feedback (received_at) "
        "WHERE text IS NOT NULL"}) {
    if (const auto done = sql_->run(statement); !done) return base::fail(done.error());
  }
  return check_schema();
}

base::Status SqlFeedback::insert(std::span<const Entry> entries) {
  const std::string statement =
      std::string("INSERT INTO dss_feedback (") + kColumns +
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (entry_id) DO NOTHING";
  for (const Entry& entry : entries) {
    const auto done = sql_->run(statement.c_str(), values_of(entry));
    if (!done) return base::fail(done.error());
  }
  return {};
}

base::Status SqlFeedback::finish(base::Status done) {
  const auto ended = sql_->run(done ? "COMMIT" : "ROLLBACK");
  if (done && !ended) return base::fail(ended.error());
  return done;
}

base::Status SqlFeedback::add(std::span<const Entry> entries) {
  if (const auto begun = sql_->run("BEGIN"); !begun) return base::fail(begun.error());
  return finish(insert(entries));
}

base::Result<std::vector<Numbered>> SqlFeedback::after(std::int64_t number, base::SystemTime since,
                                                       std::size_t limit) {
  const std::string statement = std::string("SELECT number, ") + kColumns +
                                " FROM dss_feedback WHERE number > $1 AND received_at >= $2 "
                                "ORDER BY number LIMIT $3";
  const SqlValue values[] = {std::to_string(number), to_text(since), std::to_string(limit)};
  const auto found = sql_->run(statement.c_str(), values);
  if (!found) return base::fail(found.error());
  std::vector<Numbered> entries;
  for (const SqlRow& row : found->rows) {
    auto entry = entry_of(row);
    if (!entry) return base::fail(entry.error());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

base::Result<std::uint64_t> SqlFeedback::change(const char* statement, const std::string& value) {
  const SqlValue bound = value;
  const auto done = sql_->run(statement, {&bound, 1});
  if (!done) return base::fail(done.error());
  if (done->changed > 0) {
    if (const base::Status forgotten = sql_->forget(); !forgotten) {
      return base::fail(forgotten.error());
    }
  }
  return done->changed;
}

base::Result<std::uint64_t> SqlFeedback::remove_client(const std::string& client_hash) {
  return change("DELETE FROM dss_feedback WHERE client_hash = $1", client_hash);
}

base::Result<Expired> SqlFeedback::expire(const Expiry& expiry) {
  const auto entries =
      change("DELETE FROM dss_feedback WHERE received_at < $1", to_text(expiry.entries));
  if (!entries) return base::fail(entries.error());
  const auto texts =
      change("UPDATE dss_feedback SET text = NULL WHERE text IS NOT NULL AND received_at < $1",
             to_text(expiry.texts));
  if (!texts) return base::fail(texts.error());
  return Expired{.texts = *texts, .entries = *entries};
}

base::Result<std::vector<ModelCount>> SqlFeedback::count_models() {
  const auto found = sql_->run(
      "SELECT model, model_version, count(*) FROM dss_feedback GROUP BY model, model_version "
      "ORDER BY coalesce(model, ''), coalesce(model_version, '')");
  if (!found) return base::fail(found.error());
  std::vector<ModelCount> models;
  for (const SqlRow& row : found->rows) {
    models.push_back({row[0].value_or(""), row[1].value_or(""), to_count(row[2])});
  }
  return models;
}

base::Result<Statistics> SqlFeedback::statistics() {
  const auto found = sql_->run(
      "SELECT count(*), count(text), min(received_at), max(received_at) FROM dss_feedback");
  if (!found) return base::fail(found.error());
  const SqlRow& row = found->rows.front();
  Statistics statistics{.entries = to_count(row[0]), .with_text = to_count(row[1])};
  if (row[2]) statistics.first = to_time(row[2]);
  if (row[3]) statistics.last = to_time(row[3]);
  auto models = count_models();
  if (!models) return base::fail(models.error());
  statistics.models = std::move(*models);
  return statistics;
}

}  // namespace

base::Result<std::unique_ptr<Feedback>> sql_feedback(std::unique_ptr<Sql> sql) {
  auto feedback = std::make_unique<SqlFeedback>(std::move(sql));
  if (const base::Status done = feedback->prepare(); !done) return base::fail(done.error());
  return feedback;
}

base::Result<std::unique_ptr<Feedback>> open_feedback(const Location& location) {
  auto sql = location.kind == Location::Kind::kSqlite ? open_sqlite(location.value)
                                                      : open_postgres(location.value);
  if (!sql) return base::fail(sql.error());
  return sql_feedback(std::move(*sql));
}

}  // namespace dss::store
