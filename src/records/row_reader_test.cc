#include "records/row_reader.h"

#include "gtest/gtest.h"
#include "records/test_support.h"

namespace dss::records {
namespace {

/// `line: text` or `line! error` for each row.
std::vector<std::string> read_rows(const std::string& content, Schema schema) {
  Chunk chunk = chunk_of(content);
  if (schema.format == InputFormat::kCsv) {
    const base::Status header = read_csv_header(&chunk, &schema);
    if (!header) return {header.error().message};
  }
  RowReader reader(&schema);
  reader.start(chunk);
  std::vector<std::string> out;
  for (Row row; reader.next(&row);) {
    const std::string line = std::to_string(row.line);
    out.push_back(row.error.empty() ? line + ": " + std::string(row.text)
                                    : line + "! " + row.error);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(RowReader, NdjsonTellsWhatIsWrongWithARowAndGoesOn) {
  EXPECT_EQ(read_rows("{\"text\":\" a \\u00e9 \"}\n"
                      "\n"
                      "{\"text\":7}\n"
                      "{\"txt\":\"b\"}\n"
                      "[1]\n"
                      "{\"text\":\"c\"\n"
                      "{\"text\":\"\xFF\"}\n"
                      "{\"text\":\"  \"}\r\n"
                      "{\"text\":\"d\"}",
                      {.format = InputFormat::kNdjson}),
            (Lines{"1: a é", "3! 'text' is a number, not a string", "4! the row has no 'text'",
                   "5! the row is an array, not an object",
                   "6! not valid JSON: Expecting ',' delimiter, column 12",
                   "7! not valid JSON: Invalid UTF-8, column 10", "8! the text is empty", "9: d"}));
}

TEST(RowReader, LinesKeepTheirNumbersAndEmptyOnesAreErrors) {
  EXPECT_EQ(read_rows("a\r\n\nb\xC3\n c", {.format = InputFormat::kLines}),
            (Lines{"1: a", "2! the text is empty", "3! not valid UTF-8", "4: c"}));
}

TEST(RowReader, CsvFindsItsColumnAndCountsFields) {
  EXPECT_EQ(read_rows("id,comment\r\n"
                      "1,\"a\nb\"\r\n"
                      "2\n"
                      "\n"
                      "3,\"x\"y\n"
                      "4,\xFF\n"
                      "5,last",
                      {.format = InputFormat::kCsv, .text_name = "comment"}),
            (Lines{"2: a\nb", "4! it has 1 fields, the header has 2",
                   "6! text behind a closing quote", "7! not valid UTF-8", "8: last"}));
}

TEST(RowReader, CsvWithoutTheColumnTellsNothingOfTheRow) {
  EXPECT_EQ(read_rows("my secret diary,entry\n", {.format = InputFormat::kCsv}),
            Lines{"CSV header: none of the 2 columns is called 'text'; name the one with the texts "
                  "with --text-column"});
  EXPECT_EQ(read_rows("", {.format = InputFormat::kCsv}), Lines{"CSV header: the file is empty"});
}

TEST(RowReader, ATextIsOneRow) {
  EXPECT_EQ(read_rows("two\nlines\n", {.format = InputFormat::kText}), Lines{"1: two\nlines"});
}

}  // namespace
}  // namespace dss::records
