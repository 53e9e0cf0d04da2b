// Cuts a stream into pieces of whole rows, so that many threads can work on one file in order.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "records/byte_source.h"
#include "records/csv.h"
#include "records/format.h"

namespace dss::records {

/// Whole rows, their newlines included (the last row of a file may lack its own).
struct Chunk {
  std::size_t index = 0;       ///< 0, 1, 2 …
  std::size_t first_line = 1;  ///< number of the line that `rows()` starts with
  std::string bytes;           ///< the rows and, behind them, zeros that a JSON parser may read
  std::size_t size = 0;

  [[nodiscard]] std::string_view rows() const { return std::string_view(bytes).substr(0, size); }
};

/// Memory: about one read of the source, or one row if that is longer. Not thread-safe.
class ChunkReader {
 public:
  /// A UTF-8 byte order mark at the beginning is dropped. `source` must outlive this object.
  ChunkReader(ByteSource* source, InputFormat format) : source_(source), format_(format) {}

  /// The next rows, or nothing at the end. Errors are the source's.
  base::Result<std::optional<Chunk>> next();

  /// For formats still to be recognised: makes sure that the first bytes are there and shows them.
  base::Result<std::string_view> peek();
  void set_format(InputFormat format) { format_ = format; }

 private:
  base::Result<bool> read_more();
  [[nodiscard]] std::size_t last_row_end();
  Chunk take(std::size_t size);

  ByteSource* source_;
  InputFormat format_;
  std::string pending_;      ///< read, not yet handed out
  std::size_t scanned_ = 0;  ///< bytes of `pending_` searched for row ends
  std::size_t row_end_ = 0;  ///< behind the last newline that ends a row, in what was searched
  CsvScanner csv_;
  std::size_t next_index_ = 0;
  std::size_t next_line_ = 1;
  bool started_ = false;
  bool ended_ = false;
};

}  // namespace dss::records
