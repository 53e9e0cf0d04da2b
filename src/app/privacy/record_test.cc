#include "app/privacy/record.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/settings_table.h"
#include "json/reader.h"

namespace dss::app {
namespace {

using Flags = std::vector<std::pair<std::string, std::string>>;

// What a forum in Lyon might run with.
const Flags kForum = {{"models", "/tmp"},
                      {"listen", "0.0.0.0:8443"},
                      {"auth", "keys"},
                      {"auth-store", "sqlite:/secret/path/keys.db"},
                      {"feedback.store", "sqlite:/secret/path/feedback.db"},
                      {"feedback.key-file", "/secret/path/key"},
                      {"feedback.keep-text", "true"},
                      {"feedback.retention-days", "30"},
                      {"feedback.entry-retention-days", "365"},
                      {"privacy.controller", "Forum des Lyonnais, dpo@forum.example"},
                      {"tracing.endpoint", "http://127.0.0.1:4318"}};

ServeSettings settings_of(const Flags& flags) {
  const auto settings = config::Settings::resolve(settings_table(), {flags, {}, {}});
  EXPECT_TRUE(settings) << settings.error().message;
  auto serve = serve_settings(*settings);
  EXPECT_TRUE(serve) << serve.error().message;
  return *serve;
}

std::string markdown(const Flags& flags, RecordLanguage language) {
  return record_markdown(processing_record(settings_of(flags), language));
}

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(DSS_SOURCE_DIR) + "/tests/golden/privacy/" + name;
  if (std::getenv("UPDATE_DOCUMENTS") != nullptr) std::ofstream(path) << text;
  std::stringstream kept;
  kept << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, kept.str()) << path << "; UPDATE_DOCUMENTS=1 rewrites it";
}

TEST(ProcessingRecord, OfAForumInBothLanguages) {
  expect_golden("forum.en.md", markdown(kForum, RecordLanguage::kEnglish));
  expect_golden("forum.fr.md", markdown(kForum, RecordLanguage::kFrench));
}

TEST(ProcessingRecord, OfTheDefaultsInBothLanguages) {
  expect_golden("defaults.en.md", markdown({{"models", "/tmp"}}, RecordLanguage::kEnglish));
  expect_golden("defaults.fr.md", markdown({{"models", "/tmp"}}, RecordLanguage::kFrench));
}

TEST(ProcessingRecord, SaysTheSameInBothLanguages) {
  for (const Flags& flags : {kForum, Flags{{"models", "/tmp"}}}) {
    const auto english = processing_record(settings_of(flags), RecordLanguage::kEnglish).sections;
    const auto french = processing_record(settings_of(flags), RecordLanguage::kFrench).sections;
    ASSERT_EQ(english.size(), french.size());
    for (std::size_t i = 0; i < english.size(); ++i) {
      EXPECT_EQ(english[i].id, french[i].id);
      EXPECT_EQ(english[i].lines.size(), french[i].lines.size()) << english[i].id;
    }
  }
}

TEST(ProcessingRecord, NamesNoFileAndNoAddress) {
  const ProcessingRecord record = processing_record(settings_of(kForum), RecordLanguage::kEnglish);
  for (const std::string& text : {record_json(record), record_markdown(record)}) {
    for (const char* secret : {"/secret/path", "127.0.0.1", "0.0.0.0", "4318"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
  }
}

TEST(ProcessingRecord, JsonHasEveryLine) {
  const ProcessingRecord record = processing_record(settings_of(kForum), RecordLanguage::kFrench);
  const std::string text = record_json(record);
  json::Reader reader;
  const auto document = reader.parse(text);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->find("language")->string(), "fr");
  std::size_t lines = 0;
  for (const auto section : document->find("sections")->items()) {
    for ([[maybe_unused]] const auto line : section.find("lines")->items()) ++lines;
  }
  std::size_t wanted = 0;
  for (const RecordSection& section : record.sections) wanted += section.lines.size();
  EXPECT_EQ(lines, wanted);
}

TEST(RecordLanguage, IsThePrimaryTag) {
  EXPECT_EQ(record_language("fr-CA"), RecordLanguage::kFrench);
  EXPECT_EQ(record_language("en"), RecordLanguage::kEnglish);
  EXPECT_FALSE(record_language("de"));
  EXPECT_FALSE(record_language("fry"));
}

}  // namespace
}  // namespace dss::app
