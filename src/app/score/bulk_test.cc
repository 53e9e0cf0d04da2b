#include "app/score/bulk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "api/deterministic_backend.h"
#include "gtest/gtest.h"

namespace dss::app {
namespace {

/// Standard output goes to a file for the life of this object.
class CapturedOutput {
 public:
  CapturedOutput()
      : path_(testing::TempDir() + "dss_bulk_" + std::to_string(::getpid())),
        saved_(::dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::close(file);
  }
  ~CapturedOutput() {
    restore();
    std::filesystem::remove(path_);
  }
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;
  std::string text() {
    restore();
    std::FILE* file = std::fopen(path_.c_str(), "rb");
    std::string out;
    char piece[65536];
    for (std::size_t got = 0; (got = std::fread(piece, 1, sizeof piece, file)) > 0;)
      out.append(piece, got);
    std::fclose(file);
    return out;
  }

 private:
  void restore() {
    if (saved_ < 0) return;
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
    saved_ = -1;
  }
  std::string path_;
  int saved_;
};

struct BulkRun {
  base::Result<BulkSummary> summary;
  std::string output;
};

BulkRun run(const std::string& input, BulkOptions options) {
  CapturedOutput output;
  const auto source = records::ByteSource::of_text(input);
  records::ChunkReader reader(source.get(), options.input);
  ProgressBar progress(STDERR_FILENO, true, &base::system_clock());
  options.thresholds.assign(models::kCategoryCount, 0.5F);
  auto summary = score_rows(api::deterministic_backend(), api::deterministic_card(), options,
                            source.get(), &reader, &progress);
  return {std::move(summary), output.text()};
}

TEST(Bulk, AddsTheDocumentedMembersAndKeepsBadRowsInPlace) {
  const BulkRun result = run("{\"id\":1,\"text\":\"p=0.75\"}\nnonsense\n{\"text\":\"p=0.25\"}\n",
                             {.input = records::InputFormat::kNdjson});
  EXPECT_EQ(
      result.output,
      "{\"id\":1,\"text\":\"p=0.75\",\"score\":75,\"toxicity_level\":\"high\",\"confidence\":0.75,"
      "\"categories\":{\"toxic\":0.75,\"severe_toxic\":0.375,\"obscene\":0.1875,\"threat\":0.09375,"
      "\"insult\":0.046875,\"identity_hate\":0.0234375},\"model_used\":\"simple\","
      "\"model_version\":\"1.2.3\",\"language\":\"en\",\"language_supported\":true}\n"
      "{\"line\":2,\"error\":\"not valid JSON: Expecting value, column 1\"}\n"
      "{\"text\":\"p=0.25\",\"score\":25,\"toxicity_level\":\"medium\",\"confidence\":0.75,"
      "\"categories\":{\"toxic\":0.25,\"severe_toxic\":0.125,\"obscene\":0.0625,\"threat\":0.03125,"
      "\"insult\":0.015625,\"identity_hate\":0.0078125},\"model_used\":\"simple\","
      "\"model_version\":\"1.2.3\",\"language\":\"en\",\"language_supported\":true}\n");
  EXPECT_EQ(result.summary->rows, 3U);
  EXPECT_EQ(result.summary->failed, 1U);
  EXPECT_EQ(result.summary->first_failed_line, 2U);
}

TEST(Bulk, WhatTheModelRefusesIsAnErrorRow) {
  const BulkRun result = run("[refuse]\n[nan]\np=0.5\n", {.input = records::InputFormat::kLines});
  EXPECT_EQ(
      result.output.find("{\"line\":1,\"error\":\"the language 'xx' is not supported\"}\n"
                         "{\"line\":2,\"error\":\"the model gave no probability for 'toxic'\"}\n"
                         "{\"text\":\"p=0.5\",\"score\":50,"),
      0U)
      << result.output;
  EXPECT_EQ(result.summary->failed, 2U);
}

TEST(Bulk, NestingKeepsARowsOwnScore) {
  const BulkRun nested = run("{\"score\":3,\"text\":\"p=0.5\"}\n",
                             {.input = records::InputFormat::kNdjson, .nest = "dss"});
  EXPECT_EQ(nested.output.find("{\"score\":3,\"text\":\"p=0.5\",\"dss\":{\"score\":50,"), 0U);
  EXPECT_EQ(nested.summary->replaced, 0U);
  const BulkRun flat =
      run("{\"score\":3,\"text\":\"p=0.5\"}\n", {.input = records::InputFormat::kNdjson});
  EXPECT_EQ(flat.output.find("{\"text\":\"p=0.5\",\"score\":50,"), 0U);
  EXPECT_EQ(flat.summary->replaced, 1U);
}

TEST(Bulk, CsvKeepsAllColumnsAndFlattensTheCategories) {
  const BulkRun result = run("id,text,toxic\n1,p=0.5,0\n",
                             {.input = records::InputFormat::kCsv, .output = BulkOutput::kCsv});
  EXPECT_EQ(
      result.output,
      "id,text,toxic,score,toxicity_level,confidence,categories.toxic,categories.severe_toxic,"
      "categories.obscene,categories.threat,categories.insult,categories.identity_hate,"
      "model_used,model_version,language,language_supported,error\n"
      "1,p=0.5,0,50,medium,0.5,0.5,0.25,0.125,0.0625,0.03125,0.015625,simple,1.2.3,en,true,\n");
}

TEST(Bulk, RowsTellTheLanguageThatWasDetected) {
  const BulkRun rows =
      run("p=0.5 [foreign]\np=0.5 [und]\n", {.input = records::InputFormat::kLines});
  EXPECT_NE(rows.output.find(R"("language":"fr","language_supported":false})"), std::string::npos);
  EXPECT_NE(rows.output.find(R"("language":"und","language_supported":true})"), std::string::npos);
  const BulkRun cells =
      run("text\np=0.5 [foreign]\n",
          {.input = records::InputFormat::kCsv, .output = BulkOutput::kCsv, .nest = "dss"});
  EXPECT_NE(cells.output.find(",dss.language,dss.language_supported,error\n"), std::string::npos);
  EXPECT_NE(cells.output.find(",fr,false,\n"), std::string::npos) << cells.output;
}

TEST(Bulk, ARowsOwnLanguageIsKeptByNesting) {
  const std::string row = "{\"language\":\"de\",\"text\":\"p=0.5\"}\n";
  const BulkRun flat = run(row, {.input = records::InputFormat::kNdjson});
  EXPECT_EQ(flat.summary->replaced, 1U);
  const BulkRun nested = run(row, {.input = records::InputFormat::kNdjson, .nest = "dss"});
  EXPECT_EQ(nested.output.find("{\"language\":\"de\",\"text\":\"p=0.5\",\"dss\":{"), 0U);
  EXPECT_NE(nested.output.find("\"language\":\"en\",\"language_supported\":true}}"),
            std::string::npos);
}

TEST(Bulk, ACsvWithoutItsColumnWritesNothing) {
  const BulkRun result = run("a,b\n1,2\n", {.input = records::InputFormat::kCsv});
  EXPECT_FALSE(result.summary.has_value());
  EXPECT_EQ(result.output, "");
}

TEST(Bulk, ManyWorkersKeepTheOrder) {
  std::string input;
  for (int i = 0; i < 60'000; ++i)
    input += "{\"id\":" + std::to_string(i) + ",\"text\":\"p=0.5\"}\n";
  BulkOptions options{.input = records::InputFormat::kNdjson};
  options.workers = 4;
  const BulkRun result = run(input, options);
  std::size_t at = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string start = "{\"id\":" + std::to_string(i) + ",";
    ASSERT_EQ(result.output.compare(at, start.size(), start), 0) << i;
    at = result.output.find('\n', at) + 1;
  }
  EXPECT_EQ(at, result.output.size());
}

TEST(Bulk, ATableHasALineARow) {
  const BulkRun result = run("p=0.95 \x1B[31m\n\xFF\n",
                             {.input = records::InputFormat::kLines, .output = BulkOutput::kTable});
  EXPECT_EQ(result.output,
            "  line  score  level    flagged                      text\n"
            "     1     95  extreme  toxic                        p=0.95  [31m\n"
            "     2      -  error    not valid UTF-8\n");
}

}  // namespace
}  // namespace dss::app
