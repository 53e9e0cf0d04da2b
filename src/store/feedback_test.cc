#include "store/feedback.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "store/test_folder.h"
#include "store/test_postgres.h"

namespace dss::store {
namespace {

using std::chrono::hours;

const base::SystemTime kNoon{std::chrono::seconds(1'700'000'000)};
const base::SystemTime kLongAgo{};

Entry entry(const std::string& id, base::SystemTime received = kNoon) {
  return {.id = id,
          .received = received,
          .text_hash = "hash of " + id,
          .labels = {{"toxic", 1}, {"insult", 0.25}},
          .scores = {{"toxic", 0.12345678901234567}},
          .model = "bert",
          .model_version = "1.2.3",
          .comment_id = "comment 'of' \"" + id + "\"",
          .community_id = "cats",
          .client_hash = "client of " + id,
          .text = std::nullopt};
}

/// The same tests for each database: made anew for every test.
class EveryDatabase : public testing::TestWithParam<Location::Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Location::Kind::kSqlite) {
      location_ = {Location::Kind::kSqlite, folder_.path("feedback.db")};
    } else {
      const TestPostgres& server = TestPostgres::shared();
      if (!server.installed()) GTEST_SKIP() << "PostgreSQL is not installed (postgresql-15)";
      ASSERT_TRUE(server.running()) << "PostgreSQL is installed but did not start";
      location_ = {Location::Kind::kPostgres, server.new_database()};
    }
    feedback_ = open();
    ASSERT_NE(feedback_, nullptr);
  }
  [[nodiscard]] std::unique_ptr<Feedback> open() const {
    auto opened = open_feedback(location_);
    if (!opened) ADD_FAILURE() << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
  void add(const std::vector<Entry>& entries) {
    const base::Status added = feedback_->add(entries);
    ASSERT_TRUE(added) << added.error().message;
  }
  std::vector<Numbered> after(std::int64_t number, base::SystemTime since = kLongAgo,
                              std::size_t limit = 100) {
    auto found = feedback_->after(number, since, limit);
    if (!found) ADD_FAILURE() << found.error().message;
    return found.value_or(std::vector<Numbered>());
  }

  TestFolder folder_;
  Location location_;
  std::unique_ptr<Feedback> feedback_;
};

TEST_P(EveryDatabase, GivesBackWhatWasAdded) {
  Entry with_text = entry("b");
  with_text.text = "d\xC3\xA9j\xC3\xA0 vu \xF0\x9F\x98\x80 'quoted' $1 \\ \n";
  Entry bare{.id = "c", .received = kNoon, .text_hash = "h"};
  add({entry("a"), with_text, bare});
  const auto found = after(0);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].entry.comment_id, "comment 'of' \"a\"");
  EXPECT_EQ(found[0].entry.labels, entry("a").labels) << "in their order";
  EXPECT_EQ(found[0].entry.scores, entry("a").scores) << "to the last digit";
  EXPECT_EQ(found[0].entry.received, kNoon);
  EXPECT_EQ(found[0].entry.model_version, "1.2.3");
  EXPECT_EQ(found[0].entry.community_id, "cats");
  EXPECT_EQ(found[0].entry.client_hash, "client of a");
  EXPECT_EQ(found[0].entry.text, std::nullopt);
  EXPECT_EQ(found[1].entry.text, with_text.text);
  EXPECT_EQ(found[2].entry.model, "");
  EXPECT_TRUE(found[2].entry.labels.empty());
}

TEST_P(EveryDatabase, KeepsAnEntryOnceHoweverOftenItIsWritten) {
  add({entry("a")});
  add({entry("a"), entry("b")});
  EXPECT_EQ(after(0).size(), 2U);
}

TEST_P(EveryDatabase, IsReadPageByPage) {
  std::vector<Entry> entries;
  for (int i = 0; i < 25; ++i) entries.push_back(entry(std::to_string(i)));
  add(entries);
  std::vector<std::string> ids;
  std::int64_t last = 0;
  for (auto page = after(0, kLongAgo, 10); !page.empty(); page = after(last, kLongAgo, 10)) {
    for (const Numbered& numbered : page) ids.push_back(numbered.entry.id);
    EXPECT_GT(page.back().number, last);
    last = page.back().number;
  }
  ASSERT_EQ(ids.size(), 25U);
  EXPECT_EQ(ids.front(), "0");
  EXPECT_EQ(ids.back(), "24");
}

TEST_P(EveryDatabase, IsReadFromATimeOn) {
  add({entry("old", kNoon - hours(1)), entry("new", kNoon)});
  const auto found = after(0, kNoon);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].entry.id, "new");
}

TEST_P(EveryDatabase, DeletesOneClientAndNoOther) {
  Entry second = entry("a2");
  second.client_hash = entry("a").client_hash;
  Entry nobody = entry("n");
  nobody.client_hash.clear();
  add({entry("a"), second, entry("b"), nobody});
  EXPECT_EQ(feedback_->remove_client("client of a").value_or(0), 2U);
  EXPECT_EQ(feedback_->remove_client("client of a").value_or(9), 0U);
  EXPECT_EQ(feedback_->remove_client("").value_or(9), 0U) << "who gave no token has none";
  EXPECT_EQ(after(0).size(), 2U);
}

TEST_P(EveryDatabase, ErasesTextsAndEntriesWhenTheyAreTooOld) {
  std::vector<Entry> entries = {entry("ancient", kNoon - hours(100)),
                                entry("old", kNoon - hours(10)), entry("new", kNoon)};
  for (Entry& each : entries) each.text = "words";
  add(entries);
  const auto expired = feedback_->expire({.texts = kNoon - hours(5), .entries = kNoon - hours(50)});
  ASSERT_TRUE(expired) << expired.error().message;
  EXPECT_EQ(expired->entries, 1U);
  EXPECT_EQ(expired->texts, 1U);
  const auto found = after(0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].entry.id, "old");
  EXPECT_EQ(found[0].entry.text, std::nullopt);
  EXPECT_EQ(found[0].entry.labels.size(), 2U) << "the entry stays";
  EXPECT_EQ(found[1].entry.text, "words");
}

TEST_P(EveryDatabase, CountsWhatItHas) {
  const auto empty = feedback_->statistics();
  ASSERT_TRUE(empty) << empty.error().message;
  EXPECT_EQ(empty->entries, 0U);
  EXPECT_EQ(empty->first, std::nullopt);
  Entry with_text = entry("a", kNoon - hours(2));
  with_text.text = "words";
  Entry unknown_model{.id = "u", .received = kNoon, .text_hash = "h"};
  add({with_text, entry("b", kNoon - hours(1)), unknown_model});
  const auto statistics = feedback_->statistics();
  ASSERT_TRUE(statistics);
  EXPECT_EQ(statistics->entries, 3U);
  EXPECT_EQ(statistics->with_text, 1U);
  EXPECT_EQ(statistics->first, kNoon - hours(2));
  EXPECT_EQ(statistics->last, kNoon);
  ASSERT_EQ(statistics->models.size(), 2U);
  EXPECT_EQ(statistics->models[0].model, "");
  EXPECT_EQ(statistics->models[1].version, "1.2.3");
  EXPECT_EQ(statistics->models[1].entries, 2U);
}

TEST_P(EveryDatabase, IsSharedByWritersAndOpenedAgain) {
  const auto other = open();
  ASSERT_NE(other, nullptr);
  const auto write = [](Feedback* feedback, const std::string& name) {
    for (int i = 0; i < 20; ++i) {
      const Entry one = entry(name + std::to_string(i));
      const base::Status added = feedback->add({&one, 1});
      EXPECT_TRUE(added) << added.error().message;
    }
  };
  std::thread beside(write, other.get(), "x");
  write(feedback_.get(), "y");
  beside.join();
  feedback_ = open();
  EXPECT_EQ(after(0).size(), 40U);
}

TEST_P(EveryDatabase, KeepsAReplacementForTheOneCharacterPostgresqlCannotHold) {
  Entry with_nul = entry("a");
  with_nul.text = std::string("a\0b", 3);
  add({with_nul});
  EXPECT_EQ(after(0).at(0).entry.text,
            "a\xEF\xBF\xBD"
            "b");
}

std::string name_of(const testing::TestParamInfo<Location::Kind>& info) {
  return info.param == Location::Kind::kSqlite ? "Sqlite" : "PostgreSql";
}

INSTANTIATE_TEST_SUITE_P(Feedback, EveryDatabase,
                         testing::Values(Location::Kind::kSqlite, Location::Kind::kPostgres),
                         name_of);

class SqliteFile : public testing::Test {
 protected:
  [[nodiscard]] base::Result<std::unique_ptr<Feedback>> open() const {
    return open_feedback({Location::Kind::kSqlite, folder_.path("feedback.db")});
  }
  [[nodiscard]] std::string bytes() const {
    std::string all;
    for (const char* ending : {"", "-wal"}) {
      std::stringstream content;
      content << std::ifstream(folder_.path("feedback.db") + ending, std::ios::binary).rdbuf();
      all += content.str();
    }
    return all;
  }
  TestFolder folder_;
};

TEST_F(SqliteFile, IsForItsOwnerOnly) {
  const auto feedback = open();
  ASSERT_TRUE(feedback);
  const Entry one = entry("a");
  ASSERT_TRUE((*feedback)->add({&one, 1}));
  for (const char* ending : {"", "-wal", "-shm"}) {
    struct stat status{};
    ASSERT_EQ(::stat((folder_.path("feedback.db") + ending).c_str(), &status), 0) << ending;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << ending;
  }
}

TEST_F(SqliteFile, ErasedTextsAreGoneFromTheDisk) {
  const auto feedback = open();
  ASSERT_TRUE(feedback);
  Entry one = entry("a");
  one.text = "unmistakable words";
  ASSERT_TRUE((*feedback)->add({&one, 1}));
  ASSERT_NE(bytes().find("unmistakable words"), std::string::npos);
  ASSERT_TRUE((*feedback)->expire({.texts = kNoon + hours(1), .entries = kLongAgo}));
  EXPECT_EQ(bytes().find("unmistakable words"), std::string::npos);
}

TEST_F(SqliteFile, AFileThatIsNoDatabaseIsLeftAlone) {
  std::ofstream(folder_.path("feedback.db")) << std::string(5000, 'x');
  const auto feedback = open();
  ASSERT_FALSE(feedback);
  EXPECT_EQ(feedback.error().kind, base::ErrorKind::kCorrupt);
  EXPECT_NE(feedback.error().message.find("feedback.db"), std::string::npos);
  EXPECT_EQ(bytes(), std::string(5000, 'x'));
}

TEST(Unreachable, DatabasesAreToldWithCauseAndWithoutPassword) {
  const auto file = open_feedback({Location::Kind::kSqlite, "/nonexistent/folder/f.db"});
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, base::ErrorKind::kIo);
  const auto server =
      open_feedback({Location::Kind::kPostgres, "postgresql://dss:hunter2@127.0.0.1:1/f"});
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().kind, base::ErrorKind::kUnavailable);
  EXPECT_EQ(server.error().message.find("hunter2"), std::string::npos);
  EXPECT_NE(server.error().message.find("127.0.0.1"), std::string::npos);
}

}  // namespace
}  // namespace dss::store
