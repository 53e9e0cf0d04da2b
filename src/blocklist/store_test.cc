#include "blocklist/store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "blocklist/list_file.h"

namespace dss::blocklist {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;

class Stored : public testing::Test {
 protected:
  Stored() : directory_(fs::path(testing::TempDir()) / ("lists_" + std::to_string(getpid()))) {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  ~Stored() override { fs::remove_all(directory_); }
  void write(const std::string& name, const std::string& content) {
    std::ofstream(directory_ / name) << content;
  }
  static std::vector<Item> items(std::initializer_list<const char*> texts) {
    std::vector<Item> out;
    for (const char* text : texts) out.push_back({.id = text, .text = text});
    return out;
  }
  static std::size_t matches(const Store& store, std::string_view text) {
    return store.matcher()->find(text).size();
  }

  fs::path directory_;
};

TEST_F(Stored, ChangesAreSeenAtOnce) {
  Store store;
  EXPECT_TRUE(store.matcher()->empty());
  EXPECT_EQ(store.put_list("own", nullptr), true);
  EXPECT_EQ(store.put_list("own", nullptr), false) << "it is there";
  EXPECT_TRUE(store.put_items("own", items({"fool", "idiot"})));
  EXPECT_EQ(matches(store, "a fool, an idiot"), 2U);
  const auto before = store.matcher();
  EXPECT_TRUE(store.remove_items("own", std::vector<std::string>{"fool"}));
  EXPECT_EQ(matches(store, "a fool, an idiot"), 1U);
  EXPECT_EQ(before->find("a fool, an idiot").size(), 2U) << "who has it keeps it";
  EXPECT_TRUE(store.remove_list("own"));
  EXPECT_TRUE(store.matcher()->empty());
}

TEST_F(Stored, AnItemWithTheSameIdIsReplaced) {
  Store store;
  ASSERT_TRUE(store.put_list("own", nullptr));
  ASSERT_TRUE(store.put_items("own", std::vector<Item>{{.id = "1", .text = "fool"}}));
  ASSERT_TRUE(store.put_items("own", std::vector<Item>{{.id = "1", .text = "idiot"}}));
  EXPECT_EQ(matches(store, "a fool, an idiot"), 1U);
}

TEST_F(Stored, WhatIsNotThereIsTold) {
  Store store;
  EXPECT_EQ(store.remove_list("own").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(store.put_items("own", items({"a"})).error().kind, ErrorKind::kNotFound);
  ASSERT_TRUE(store.put_list("own", nullptr));
  ASSERT_TRUE(store.put_items("own", items({"fool"})));
  const std::vector<std::string> ids = {"fool", "other"};
  EXPECT_EQ(store.remove_items("own", ids).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(matches(store, "fool"), 1U) << "none is removed";
  EXPECT_EQ(store.put_list("../own", nullptr).error().kind, ErrorKind::kInvalidArgument);
}

TEST_F(Stored, LimitsAreKept) {
  Store store;
  ASSERT_TRUE(store.put_list("own", nullptr));
  std::vector<Item> many;
  for (std::size_t i = 0; i <= kMostItems; ++i)
    many.push_back({.id = std::to_string(i), .text = "a"});
  EXPECT_EQ(store.put_items("own", many).error().kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(matches(store, "a"), 0U);
  EXPECT_EQ(store.put_items("own", items({"?"})).error().kind, ErrorKind::kInvalidArgument);
}

TEST_F(Stored, PatternsThatAreTooLargeTogetherAreRefused) {
  Store store;
  ASSERT_TRUE(store.put_list("own", nullptr));
  std::vector<Item> large;
  for (int i = 0; i < 200; ++i) {
    const std::string text = "(.{0,20}a){3}.{0,20}b.{20}" + std::to_string(i);
    large.push_back({.id = std::to_string(i), .text = text, .kind = Kind::kPattern});
  }
  const auto refused = store.put_items("own", large);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(refused.error().message.find("too large"), std::string::npos);
  EXPECT_EQ(store.matcher()->instructions(), 0U) << "nothing has changed";
  EXPECT_TRUE(store.put_items("own", std::span(large).first(50)));
  EXPECT_GT(store.matcher()->instructions(), 10'000U);
}

TEST_F(Stored, ListsOutliveTheirStore) {
  const std::string description = "what we do not want";
  {
    Store store(directory_.string());
    ASSERT_TRUE(store.put_list("own", &description));
    ASSERT_TRUE(store.put_items("own", items({"fool"})));
    ASSERT_TRUE(store.put_list("gone", nullptr));
    ASSERT_TRUE(store.remove_list("gone"));
  }
  Store store(directory_.string());
  ASSERT_TRUE(store.reload());
  ASSERT_EQ(store.matcher()->lists().size(), 1U);
  EXPECT_EQ(store.matcher()->lists()[0].description, description);
  EXPECT_EQ(matches(store, "fool"), 1U);
}

TEST_F(Stored, ADamagedFileChangesNothing) {
  write("own.json", R"({"name":"own","items":[{"id":"1","text":"fool"}]})");
  Store store(directory_.string());
  ASSERT_TRUE(store.reload());
  write("own.json", R"({"name":"own","items":[{"id":"1","text":"a(","match":"pattern"}]})");
  const auto refused = store.reload();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("own.json: item 1: item '1': not an RE2 expression"),
            std::string::npos)
      << refused.error().message;
  EXPECT_EQ(matches(store, "fool"), 1U);
  write("own.json", R"({"name":"other","items":[]})");
  EXPECT_FALSE(store.reload());
}

TEST_F(Stored, ADirectoryThatIsNotThereIsAnError) {
  Store store((directory_ / "none").string());
  EXPECT_EQ(store.reload().error().kind, ErrorKind::kIo);
  EXPECT_EQ(store.put_list("own", nullptr).error().kind, ErrorKind::kIo);
  EXPECT_TRUE(store.matcher()->empty()) << "what cannot be kept is not done";
}

TEST(ListFile, IsReadAsItWasWritten) {
  const List list{.name = "own",
                  .description = "a \"list\"",
                  .items = {{.id = "1", .text = "fool"},
                            {.id = "2", .text = ":-(", .kind = Kind::kExact, .description = "sad"},
                            {.id = "3", .text = "a+b", .kind = Kind::kPattern}}};
  const auto again = read_list(write_list(list));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(write_list(*again), write_list(list));
  EXPECT_EQ(again->items[2].kind, Kind::kPattern);
}

TEST(ListFile, MistakesAreNamed) {
  for (const auto& [json, cause] : std::vector<std::pair<std::string, std::string>>{
           {"[]", "must be an object"},
           {"{", "not JSON"},
           {R"({"items":[]})", "'name' must be a string"},
           {R"({"name":"a/b","items":[]})", "'name' must be 1 to 64"},
           {R"({"name":"a"})", "'items' must be an array"},
           {R"({"name":"a","item":[]})", "unknown member 'item'"},
           {R"({"name":"a","items":[{"text":"b"}]})", "item 1: 'id' must be a string"},
           {R"({"name":"a","items":[{"id":"1","text":"b"},{"id":"1","text":"b"}]})", "twice"},
           {R"({"name":"a","items":[{"id":"1","text":"b","match":"fuzzy"}]})", "word, exact or"},
           {R"({"name":"a","items":[5]})", "item 1: an item must be an object"}}) {
    const auto list = read_list(json);
    ASSERT_FALSE(list) << json;
    EXPECT_NE(list.error().message.find(cause), std::string::npos) << list.error().message;
  }
}

}  // namespace
}  // namespace dss::blocklist
