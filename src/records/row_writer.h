// Rows out: what came in, untouched, with the scores behind it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/reader.h"
#include "records/format.h"
#include "records/row_reader.h"

namespace dss::records {

/// What a row gets. `members` is JSON without its braces (`"score":97,…`); `cells` has a value per
/// CSV name.
struct Additions {
  std::string members;
  std::vector<std::string> cells;
};

/// The names of what is added: members of an NDJSON row, columns of a CSV row.
struct AddedNames {
  std::vector<std::string> json;
  std::vector<std::string> csv;
};

/// What became of a row.
enum class Placed : std::uint8_t {
  kKept,      ///< all that it had is still there
  kReplaced,  ///< it had members or columns with the names of what is added; those are gone
  kRefused,   ///< it has a member without a column in the CSV output; an error row stands in its
              ///< place
};

/// Immutable after construction, so that threads may share it.
class RowWriter {
 public:
  /// `first`: NDJSON to CSV only: the first good row, whose members become the columns; nullptr if
  /// there is none.
  RowWriter(OutputFormat format, const Schema* schema, AddedNames names, const Row* first);

  /// The CSV header, or nothing.
  [[nodiscard]] std::string header() const;
  /// Appends the row, its additions, and a newline. NDJSON: original members keep order and
  /// spelling.
  Placed append(const Row& row, const Additions& additions, std::string* out) const;
  /// Appends `{"line":N,"error":"…"}`, or the CSV row of the same content (original columns empty).
  void append_error(std::size_t line, std::string_view error, std::string* out) const;

 private:
  [[nodiscard]] bool is_taken(std::string_view name) const;
  void keep_csv_columns();
  void keep_members(const Row& first);
  Placed append_csv(const Row& row, const Additions& additions, std::string* out) const;
  Placed append_ndjson(const Row& row, const Additions& additions, std::string* out) const;
  void open_csv_row(const Row& row, std::string* out) const;
  Placed append_object_cells(const Row& row, std::string* out) const;

  OutputFormat format_;
  const Schema* schema_;
  AddedNames names_;
  std::vector<std::string> columns_;  ///< CSV out: the original columns that are kept
  std::vector<std::size_t> kept_;     ///< CSV in: their indexes
};

/// Appends `row` (a valid JSON object) without its members called one of `names` and without its
/// closing brace, ready for more members: `{"a":1,`. The value says whether members were left out.
bool append_open_object(std::string_view row, std::span<const std::string> names, std::string* out);

}  // namespace dss::records
