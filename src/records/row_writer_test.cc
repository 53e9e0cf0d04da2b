#include "records/row_writer.h"

#include "gtest/gtest.h"
#include "records/test_support.h"

namespace dss::records {
namespace {

const AddedNames kNames{{"score"}, {"score", "level"}};
const Additions kAdditions{"\"score\":7", {"7", "low"}};

/// All rows of `content` through a writer, header first.
std::string convert(const std::string& content, InputFormat input, OutputFormat output,
                    Placed* last = nullptr) {
  Schema schema{.format = input};
  Chunk chunk = chunk_of(content);
  if (input == InputFormat::kCsv) {
    EXPECT_TRUE(read_csv_header(&chunk, &schema).has_value());
  }
  RowReader reader(&schema);
  Row row;
  reader.start(chunk);
  EXPECT_TRUE(reader.next(&row));
  const RowWriter writer(output, &schema, kNames, &row);
  std::string out = writer.header();
  reader.start(chunk);
  while (reader.next(&row)) {
    if (!row.error.empty()) {
      writer.append_error(row.line, row.error, &out);
      continue;
    }
    const Placed placed = writer.append(row, kAdditions, &out);
    if (last != nullptr) *last = placed;
  }
  return out;
}

TEST(RowWriter, NdjsonRowsKeepTheirSpelling) {
  EXPECT_EQ(convert("{\"id\": 1.50, \"text\":\"\\u00e9\" }\n{\"text\":\"b\"}\n{\"x\":1}\n",
                    InputFormat::kNdjson, OutputFormat::kNdjson),
            "{\"id\": 1.50, \"text\":\"\\u00e9\",\"score\":7}\n"
            "{\"text\":\"b\",\"score\":7}\n"
            "{\"line\":3,\"error\":\"the row has no 'text'\"}\n");
}

TEST(RowWriter, AnOldScoreIsReplaced) {
  Placed placed{};
  EXPECT_EQ(convert("{\"score\": [1], \"text\": \"a\", \"n\": 2}\n", InputFormat::kNdjson,
                    OutputFormat::kNdjson, &placed),
            "{\"text\": \"a\",\"n\": 2,\"score\":7}\n");
  EXPECT_EQ(placed, Placed::kReplaced);
  EXPECT_EQ(convert("score,text,id\n99,a,1\n", InputFormat::kCsv, OutputFormat::kCsv, &placed),
            "text,id,score,level,error\na,1,7,low,\n");
  EXPECT_EQ(placed, Placed::kReplaced);
}

TEST(RowWriter, CsvRowsKeepTheirQuotes) {
  Placed placed{};
  EXPECT_EQ(convert("id,text\r\n\"1\",\"a, \"\"b\"\"\"\r\n2,x,y\r\n", InputFormat::kCsv,
                    OutputFormat::kCsv, &placed),
            "id,text,score,level,error\n"
            "\"1\",\"a, \"\"b\"\"\",7,low,\n"
            ",,,,\"line 3: it has 3 fields, the header has 2\"\n");
  EXPECT_EQ(placed, Placed::kKept);
}

TEST(RowWriter, CsvToNdjson) {
  EXPECT_EQ(convert("id,text\n1,\"a\nb\"\n", InputFormat::kCsv, OutputFormat::kNdjson),
            "{\"id\":\"1\",\"text\":\"a\\nb\",\"score\":7}\n");
}

TEST(RowWriter, NdjsonToCsvTakesTheFirstRowsMembersAsColumns) {
  EXPECT_EQ(convert("{\"text\":\"a,b\",\"n\":1.50,\"o\":{\"p\":[null]},\"q\":null}\n"
                    "{\"n\":2,\"text\":\"c\"}\n"
                    "{\"text\":\"d\",\"new\":1}\n",
                    InputFormat::kNdjson, OutputFormat::kCsv),
            "text,n,o,q,score,level,error\n"
            "\"a,b\",1.50,\"{\"\"p\"\":[null]}\",,7,low,\n"
            "c,2,,,7,low,\n"
            ",,,,,,line 3: a member is not among those of the first row; use NDJSON output\n");
}

TEST(RowWriter, LinesBecomeTheTextMember) {
  EXPECT_EQ(convert("a \"b\"\n", InputFormat::kLines, OutputFormat::kNdjson),
            "{\"text\":\"a \\\"b\\\"\",\"score\":7}\n");
  EXPECT_EQ(convert("a \"b\"\n", InputFormat::kLines, OutputFormat::kCsv),
            "text,score,level,error\n\"a \"\"b\"\"\",7,low,\n");
}

}  // namespace
}  // namespace dss::records
