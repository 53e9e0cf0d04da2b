#include "app/feedback/entry_text.h"

#include <gtest/gtest.h>

namespace dss::app {
namespace {

const store::Numbered kFull{
    .number = 7,
    .entry = {.id = "ab",
              .received = base::SystemTime(std::chrono::seconds(1'700'000'000)),
              .text_hash = "cd",
              .labels = {{"toxic", 1}, {"insult", 0.5}},
              .scores = {{"toxic", 0.25}},
              .model = "bert",
              .model_version = "1.2.3",
              .comment_id = "a, b",
              .community_id = "cats",
              .client_hash = "ef",
              .text = "say \"hi\"\nthere"}};

TEST(FeedbackText, CsvQuotesWhatNeedsIt) {
  std::string out;
  append_feedback_csv(kFull, &out);
  EXPECT_EQ(out,
            "7,ab,2023-11-14T22:13:20.000000+00:00,cd,\"{\"\"toxic\"\":1.0,\"\"insult\"\":0.5}\","
            "\"{\"\"toxic\"\":0.25}\",bert,1.2.3,\"a, b\",cats,ef,\"say \"\"hi\"\"\nthere\"\n");
}

TEST(FeedbackText, NdjsonIsOneObjectALine) {
  std::string out;
  append_feedback_ndjson(kFull, &out);
  EXPECT_EQ(out,
            R"({"number":7,"id":"ab","received_at":"2023-11-14T22:13:20.000000+00:00",)"
            R"("text_hash":"cd","labels":{"toxic":1.0,"insult":0.5},"scores":{"toxic":0.25},)"
            R"("model":"bert","model_version":"1.2.3","comment_id":"a, b","community_id":"cats",)"
            R"("client_hash":"ef","text":"say \"hi\"\nthere"})"
            "\n");
}

TEST(FeedbackText, NdjsonLeavesOutWhatIsAbsent) {
  std::string out;
  append_feedback_ndjson({.number = 1, .entry = {.id = "a", .text_hash = "b"}}, &out);
  EXPECT_EQ(out, R"({"number":1,"id":"a","received_at":"1970-01-01T00:00:00.000000+00:00",)"
                 R"("text_hash":"b","labels":{}})"
                 "\n");
}

}  // namespace
}  // namespace dss::app
