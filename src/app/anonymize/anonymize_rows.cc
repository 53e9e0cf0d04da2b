#include "app/anonymize/anonymize_rows.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "api/native/anonymize.h"
#include "app/output.h"
#include "base/utf8.h"
#include "json/writer.h"
#include "personal/detect.h"
#include "records/ordered_pipeline.h"
#include "records/row_reader.h"
#include "records/row_writer.h"

namespace dss::app {
namespace {

using records::Chunk;
using records::InputFormat;
using records::Row;

constexpr const char* kEntities = "entities";

/// One run. The threads share it; what changes is behind the mutex, or belongs to one worker.
class Run {
 public:
  Run(const AnonymizeOptions& options, records::ByteSource* source, records::ChunkReader* reader,
      ProgressBar* progress)
      : options_(options), source_(source), reader_(reader), progress_(progress) {}

  base::Result<AnonymizeSummary> run();

 private:
  [[nodiscard]] bool has_members() const {
    return options_.input == InputFormat::kCsv || options_.input == InputFormat::kNdjson;
  }
  base::Status prepare();
  base::Result<std::optional<Chunk>> read();
  std::string transform(std::size_t worker, const Chunk& chunk);
  void rewrite_rows(std::size_t worker, const Chunk& chunk, AnonymizeSummary* part,
                    std::string* out);
  void append(const Row& row, AnonymizeSummary* part, std::string* out) const;
  void append_lines(const Chunk& chunk, AnonymizeSummary* part, std::string* out) const;
  void append_plain(std::string_view text, std::size_t line, AnonymizeSummary* part,
                    std::string* out) const;
  static void fail(std::size_t line, const std::string& cause, AnonymizeSummary* part);
  void add(const AnonymizeSummary& part);
  base::Status write(const std::string& text);

  const AnonymizeOptions& options_;
  records::ByteSource* source_;
  records::ChunkReader* reader_;
  ProgressBar* progress_;
  records::Schema schema_;
  std::unique_ptr<records::RowWriter> writer_;
  std::vector<std::unique_ptr<records::RowReader>> row_readers_;
  std::optional<Chunk> first_;
  std::mutex mutex_;
  AnonymizeSummary summary_;
};

base::Status Run::prepare() {
  schema_.format = options_.input;
  schema_.text_name = options_.text_name;
  auto first = reader_->next();
  if (!first) return base::fail(first.error());
  first_ = std::move(*first);
  if (schema_.format == InputFormat::kCsv) {
    if (!first_) first_.emplace();
    if (const base::Status read = records::read_csv_header(&*first_, &schema_); !read) return read;
  }
  for (std::size_t i = 0; i < options_.workers; ++i) {
    row_readers_.push_back(std::make_unique<records::RowReader>(&schema_));
  }
  const bool csv = schema_.format == InputFormat::kCsv;
  const std::vector<std::string> names = {options_.text_name, kEntities};
  writer_ = std::make_unique<records::RowWriter>(
      csv ? records::OutputFormat::kCsv : records::OutputFormat::kNdjson, &schema_,
      records::AddedNames{names, names}, nullptr);
  return {};
}

base::Result<std::optional<Chunk>> Run::read() {
  if (!first_) return reader_->next();
  std::optional<Chunk> first = std::move(first_);
  first_.reset();
  return first;
}

void Run::fail(std::size_t line, const std::string& cause, AnonymizeSummary* part) {
  if (part->failed++ > 0) return;
  part->first_failed_line = line;
  part->first_failure = cause;
}

void Run::append(const Row& row, AnonymizeSummary* part, std::string* out) const {
  ++part->rows;
  if (!row.error.empty()) {
    fail(row.line, row.error, part);
    return writer_->append_error(row.line, row.error, out);
  }
  const personal::Entities found = personal::detect(row.text, options_.kinds);
  part->entities += found.size();
  std::string text = personal::rewritten(row.text, found, options_.strategy, options_.key);
  std::string entities;
  json::Writer list(&entities);
  api::native::write_entities(row.text, found, &list);
  records::Additions additions;
  json::append_string(options_.text_name, &additions.members);
  additions.members += ':';
  json::append_string(text, &additions.members);
  additions.members += std::string(",\"") + kEntities + "\":" + entities;
  additions.cells = {std::move(text), std::move(entities)};
  writer_->append(row, additions, out);
}

void Run::rewrite_rows(std::size_t worker, const Chunk& chunk, AnonymizeSummary* part,
                       std::string* out) {
  records::RowReader& rows = *row_readers_[worker];
  rows.start(chunk);
  for (Row row; rows.next(&row);) append(row, part, out);
}

void Run::append_plain(std::string_view text, std::size_t line, AnonymizeSummary* part,
                       std::string* out) const {
  ++part->rows;
  if (!base::is_valid_utf8(text)) return fail(line, "the text is not valid UTF-8", part);
  const personal::Entities found = personal::detect(text, options_.kinds);
  part->entities += found.size();
  *out += personal::rewritten(text, found, options_.strategy, options_.key);
}

// Every line is a text of its own and keeps its line end; a broken one leaves an empty line.
void Run::append_lines(const Chunk& chunk, AnonymizeSummary* part, std::string* out) const {
  const std::string_view rows = chunk.rows();
  std::size_t line = chunk.first_line;
  for (std::size_t begin = 0; begin < rows.size(); ++line) {
    const std::size_t end = std::min(rows.find('\n', begin), rows.size());
    append_plain(rows.substr(begin, end - begin), line, part, out);
    if (end < rows.size()) out->push_back('\n');
    begin = end + 1;
  }
}

void Run::add(const AnonymizeSummary& part) {
  const std::lock_guard lock(mutex_);
  summary_.rows += part.rows;
  summary_.entities += part.entities;
  summary_.failed += part.failed;
  if (part.first_failed_line == 0) return;
  if (summary_.first_failed_line == 0 || part.first_failed_line < summary_.first_failed_line) {
    summary_.first_failed_line = part.first_failed_line;
    summary_.first_failure = part.first_failure;
  }
}

std::string Run::transform(std::size_t worker, const Chunk& chunk) {
  AnonymizeSummary part;
  std::string out;
  out.reserve(chunk.size + chunk.size / 4);
  if (has_members()) {
    rewrite_rows(worker, chunk, &part, &out);
  } else if (options_.input == InputFormat::kLines) {
    append_lines(chunk, &part, &out);
  } else {
    append_plain(chunk.rows(), chunk.first_line, &part, &out);
  }
  add(part);
  return out;
}

base::Status Run::write(const std::string& text) {
  const base::Status status = write_output(text);
  std::uint64_t rows = 0;
  {
    const std::lock_guard lock(mutex_);
    rows = summary_.rows;
  }
  progress_->update(rows, source_->position(), source_->size());
  return status;
}

base::Result<AnonymizeSummary> Run::run() {
  base::Status status = prepare();
  if (status && has_members()) status = write_output(writer_->header());
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

base::Result<AnonymizeSummary> anonymize_rows(const AnonymizeOptions& options,
                                              records::ByteSource* source,
                                              records::ChunkReader* reader, ProgressBar* progress) {
  return Run(options, source, reader, progress).run();
}

}  // namespace dss::app
