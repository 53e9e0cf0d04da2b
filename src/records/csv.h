// CSV as in RFC 4180: quoted fields may hold commas, newlines and doubled quotes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::records {

/// Finds the newlines that end records. A quote opens a quoted field only at the field's start, as
/// in the splitter below, so that both always agree.
class CsvScanner {
 public:
  /// Whether `c`, the next byte of the stream, ends a record.
  bool ends_record(char c) {
    switch (state_) {
      case State::kFieldStart:
        state_ = c == '"' ? State::kQuoted : after_plain(c);
        return c == '\n';
      case State::kPlain:
        state_ = after_plain(c);
        return c == '\n';
      case State::kQuoted:
        if (c == '"') state_ = State::kQuoteInQuoted;
        return false;
      case State::kQuoteInQuoted:
        state_ = c == '"' ? State::kQuoted : after_plain(c);
        return c == '\n';
    }
    return false;
  }

 private:
  enum class State : unsigned char { kFieldStart, kPlain, kQuoted, kQuoteInQuoted };
  static State after_plain(char c) {
    return c == ',' || c == '\n' ? State::kFieldStart : State::kPlain;
  }
  State state_ = State::kFieldStart;
};

/// One record without its line ending, and where the next begins.
struct CsvRecord {
  std::string_view raw;
  std::string_view newline;  ///< `\n`, `\r\n`, or empty at the end of the file
  std::size_t lines = 1;     ///< lines that it takes, newlines in quotes included
};

/// The record at the beginning of `bytes`. REQUIRES: not empty.
[[nodiscard]] CsvRecord first_csv_record(std::string_view bytes);

/// The fields of a record, unquoted. Errors (kInvalidArgument): a quoted field that never ends, or
/// text behind its closing quote.
[[nodiscard]] base::Result<std::vector<std::string>> split_csv(std::string_view record);

/// Appends a field, quoted if it holds a comma, a quote, or a line break.
void append_csv_field(std::string_view field, std::string* out);

}  // namespace dss::records
