// A small CSV file (gzip or not) held whole, cells reached by column name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::app {

/// Immutable once read.
class CsvTable {
 public:
  /// Errors name the file and the cause: kIo, kNotFound, kCorrupt (no header, a row with too few or
  /// too many cells).
  static base::Result<CsvTable> read(const std::string& path);

  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  /// Index of the column of that name. Errors: kCorrupt.
  [[nodiscard]] base::Result<std::size_t> column(std::string_view name) const;
  [[nodiscard]] const std::string& cell(std::size_t row, std::size_t column) const {
    return rows_[row][column];
  }

 private:
  std::string path_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

/// The lines of a small file, empty ones and those that begin with `#` left out.
[[nodiscard]] base::Result<std::vector<std::string>> read_lines(const std::string& path);

}  // namespace dss::app
