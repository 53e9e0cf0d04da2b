#include "records/csv.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::records {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, SplitsPlainAndQuotedFields) {
  EXPECT_EQ(split_csv("a,b,c").value(), (Fields{"a", "b", "c"}));
  EXPECT_EQ(split_csv("").value(), (Fields{""}));
  EXPECT_EQ(split_csv(",").value(), (Fields{"", ""}));
  EXPECT_EQ(split_csv(R"("a,b","c ""d""",)").value(), (Fields{"a,b", R"(c "d")", ""}));
  EXPECT_EQ(split_csv("\"two\nlines\",x").value(), (Fields{"two\nlines", "x"}));
  EXPECT_EQ(split_csv(R"(5" screen,x)").value(), (Fields{"5\" screen", "x"}));
}

TEST(Csv, RefusesWhatHasNoOneMeaning) {
  EXPECT_EQ(split_csv("\"never ends").error().message, "a quoted field never ends");
  EXPECT_EQ(split_csv("\"a\"b,c").error().message, "text behind a closing quote");
}

TEST(Csv, ARecordEndsAtTheFirstNewlineOutsideQuotes) {
  const CsvRecord record = first_csv_record("1,\"a\nb\"\r\n2,c\n");
  EXPECT_EQ(record.raw, "1,\"a\nb\"");
  EXPECT_EQ(record.newline, "\r\n");
  EXPECT_EQ(record.lines, 2U);
  EXPECT_EQ(first_csv_record("last").raw, "last");
  EXPECT_EQ(first_csv_record("last").newline, "");
}

RC_GTEST_PROP(Csv, WritingAndReadingAreInverse, (const Fields& fields)) {
  RC_PRE(!fields.empty());
  std::string record;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) record += ',';
    append_csv_field(fields[i], &record);
  }
  RC_ASSERT(split_csv(record).value() == fields);
  RC_ASSERT(first_csv_record(record + "\nnext").raw == record);
}

}  // namespace
}  // namespace dss::records
