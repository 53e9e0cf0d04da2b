// The rows of a chunk, each with its text or with the reason why it has none.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/reader.h"
#include "records/chunk_reader.h"
#include "records/format.h"

namespace dss::records {

/// What is known of all rows before the first one is read.
struct Schema {
  InputFormat format = InputFormat::kText;
  std::string text_name = "text";      ///< the member or column that holds the text
  std::vector<std::string> columns{};  ///< CSV: the header's names
  std::size_t text_column = 0;         ///< CSV: index of text_name
};

/// One row. Views live as long as the chunk and until the next row is read.
struct Row {
  std::size_t line = 0;  ///< number of its first line, from 1
  std::string_view raw;  ///< as it was written, without its line ending
  std::string_view
      text;           ///< valid UTF-8, without white space around it; empty if there is an error
  std::string error;  ///< why there is no text; never holds any of it
  std::vector<std::string> cells;  ///< CSV: the fields
  json::Value object;              ///< NDJSON: the row; only without error
};

/// Takes the header row off the first chunk of a CSV file. Errors (kInvalidArgument): no header
/// row, a broken one, or no column called `schema->text_name`; the message lists the columns.
base::Status read_csv_header(Chunk* first, Schema* schema);

/// One per thread.
class RowReader {
 public:
  /// `schema` must outlive this object.
  explicit RowReader(const Schema* schema) : schema_(schema) {}

  /// REQUIRES: `chunk` outlives the rows read from it.
  void start(const Chunk& chunk);
  /// False behind the last row. Empty lines of CSV and NDJSON are skipped.
  bool next(Row* row);

 private:
  bool next_raw(Row* row);
  void parse(Row* row);
  void parse_csv(Row* row) const;
  void parse_ndjson(Row* row);
  void parse_plain(Row* row) const;

  const Schema* schema_;
  json::Reader reader_;
  std::string_view rest_;
  std::size_t line_ = 1;
};

}  // namespace dss::records
