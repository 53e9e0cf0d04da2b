#include "app/score/bulk.h"

#include <memory>
#include <mutex>
#include <optional>

#include "app/output.h"
#include "app/score/fields.h"
#include "app/score/table.h"
#include "records/ordered_pipeline.h"
#include "records/row_reader.h"
#include "records/row_writer.h"

namespace dss::app {
namespace {

using records::Chunk;
using records::Row;

using Outcomes = std::vector<base::Result<scoring::Outcome>>;

/// One run. The threads share it; what changes is behind the mutex, or belongs to one worker.
class Bulk {
 public:
  Bulk(const api::Backend& backend, const weights::Card& card, const BulkOptions& options,
       records::ByteSource* source, records::ChunkReader* reader, ProgressBar* progress)
      : backend_(backend),
        options_(options),
        fields_(card, options.model, options.nest),
        source_(source),
        reader_(reader),
        progress_(progress) {}

  base::Result<BulkSummary> run();

 private:
  base::Status prepare();
  [[nodiscard]] std::string heading() const;
  base::Result<std::optional<Chunk>> read();
  std::string transform(std::size_t worker, const Chunk& chunk);
  base::Status write(const std::string& text);
  [[nodiscard]] Outcomes score_chunk(std::size_t worker, const Chunk& chunk) const;
  void score_row(const Row& row, const base::Result<scoring::Outcome>& outcome,
                 BulkSummary* summary, std::string* out) const;
  void fail_row(const Row& row, const std::string& cause, BulkSummary* summary,
                std::string* out) const;
  void add(const BulkSummary& part);

  const api::Backend& backend_;
  const BulkOptions& options_;
  const ScoreFields fields_;
  records::ByteSource* source_;
  records::ChunkReader* reader_;
  ProgressBar* progress_;

  records::Schema schema_;
  std::unique_ptr<records::RowWriter> writer_;
  std::vector<std::unique_ptr<records::RowReader>> row_readers_;
  std::optional<Chunk> first_;

  std::mutex mutex_;
  BulkSummary summary_;
};

/// Reads the first rows: a CSV header, or the members that become columns, must be known before any
/// row is written.
base::Status Bulk::prepare() {
  schema_.format = options_.input;
  schema_.text_name = options_.text_name;
  auto first = reader_->next();
  if (!first) return base::fail(first.error());
  first_ = std::move(*first);
  if (schema_.format == records::InputFormat::kCsv) {
    if (!first_) first_.emplace();
    const base::Status status = records::read_csv_header(&*first_, &schema_);
    if (!status) return status;
  }
  for (std::size_t i = 0; i < options_.workers; ++i)
    row_readers_.push_back(std::make_unique<records::RowReader>(&schema_));
  Row example;
  bool good = false;
  if (first_) {
    row_readers_[0]->start(*first_);
    while (!good && row_readers_[0]->next(&example)) good = example.error.empty();
  }
  const auto format = options_.output == BulkOutput::kCsv ? records::OutputFormat::kCsv
                                                          : records::OutputFormat::kNdjson;
  writer_ = std::make_unique<records::RowWriter>(format, &schema_, fields_.names(),
                                                 good ? &example : nullptr);
  return {};
}

std::string Bulk::heading() const {
  return options_.output == BulkOutput::kTable ? row_heading() : writer_->header();
}

base::Result<std::optional<Chunk>> Bulk::read() {
  if (!first_) return reader_->next();
  std::optional<Chunk> first = std::move(first_);
  first_.reset();
  return first;
}

void Bulk::fail_row(const Row& row, const std::string& cause, BulkSummary* summary,
                    std::string* out) const {
  if (summary->failed++ == 0) {
    summary->first_failed_line = row.line;
    summary->first_failure = cause;
  }
  if (options_.output == BulkOutput::kTable) {
    *out += error_line(row.line, cause, options_.colour);
  } else {
    writer_->append_error(row.line, cause, out);
  }
}

/// Outcomes of a chunk's good rows, in order.
Outcomes Bulk::score_chunk(std::size_t worker, const Chunk& chunk) const {
  records::RowReader& rows = *row_readers_[worker];
  std::vector<std::string> texts;
  rows.start(chunk);
  for (Row row; rows.next(&row);) {
    if (row.error.empty()) texts.emplace_back(row.text);
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return backend_.score_all(views, {.model = options_.model, .explain = false});
}

void Bulk::score_row(const Row& row, const base::Result<scoring::Outcome>& outcome,
                     BulkSummary* summary, std::string* out) const {
  if (!outcome) return fail_row(row, outcome.error().message, summary, out);
  if (options_.output == BulkOutput::kTable) {
    *out += row_line(row.line, *outcome, options_.thresholds, row.text, options_.colour);
    return;
  }
  const auto additions = fields_.of(*outcome);
  if (!additions) return fail_row(row, additions.error().message, summary, out);
  const records::Placed placed = writer_->append(row, *additions, out);
  if (placed == records::Placed::kReplaced) ++summary->replaced;
  if (placed == records::Placed::kRefused) ++summary->failed;
}

void Bulk::add(const BulkSummary& part) {
  const std::lock_guard lock(mutex_);
  summary_.rows += part.rows;
  summary_.failed += part.failed;
  summary_.replaced += part.replaced;
  if (part.first_failed_line == 0) return;
  if (summary_.first_failed_line == 0 || part.first_failed_line < summary_.first_failed_line) {
    summary_.first_failed_line = part.first_failed_line;
    summary_.first_failure = part.first_failure;
  }
}

std::string Bulk::transform(std::size_t worker, const Chunk& chunk) {
  records::RowReader& rows = *row_readers_[worker];
  BulkSummary part;
  std::string out;
  out.reserve(2 * chunk.size);
  // An encoder computes many rows at a time, for which the chunk is read twice.
  const bool together = backend_.score_all && options_.model != "simple";
  const Outcomes outcomes = together ? score_chunk(worker, chunk) : Outcomes();
  std::size_t next = 0;
  rows.start(chunk);
  for (Row row; rows.next(&row);) {
    ++part.rows;
    if (!row.error.empty()) {
      fail_row(row, row.error, &part, &out);
    } else if (together) {
      score_row(row, outcomes[next++], &part, &out);
    } else {
      const scoring::Options options{.model = options_.model, .explain = false};
      score_row(row, backend_.score(row.text, options), &part, &out);
    }
  }
  add(part);
  return out;
}

base::Status Bulk::write(const std::string& text) {
  const base::Status status = write_output(text);
  std::uint64_t rows = 0;
  {
    const std::lock_guard lock(mutex_);
    rows = summary_.rows;
  }
  progress_->update(rows, source_->position(), source_->size());
  return status;
}

base::Result<BulkSummary> Bulk::run() {
  base::Status status = prepare();
  if (status) status = write_output(heading());
  if (!status) return base::fail(status.error());
  status = records::run_ordered(
      options_.workers,
      {.read = [this] { return read(); },
       .transform = [this](std::size_t worker,
                           const Chunk& chunk) { return transform(worker, chunk); },
       .write = [this](const std::string& text) { return write(text); }});
  progress_->wipe();
  if (!status) return base::fail(status.error());
  return summary_;
}

}  // namespace

base::Result<BulkSummary> score_rows(const api::Backend& backend, const weights::Card& card,
                                     const BulkOptions& options, records::ByteSource* source,
                                     records::ChunkReader* reader, ProgressBar* progress) {
  return Bulk(backend, card, options, source, reader, progress).run();
}

}  // namespace dss::app
