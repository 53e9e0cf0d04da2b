#include "store/feedback_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "store/test_folder.h"

namespace dss::store {
namespace {

TEST(FeedbackKey, IsMadeOnceForItsOwnerOnly) {
  const TestFolder folder;
  const std::string path = folder.path("key");
  EXPECT_EQ(FeedbackKey::read(path).error().kind, base::ErrorKind::kNotFound);
  const auto made = FeedbackKey::read_or_create(path);
  const auto again = FeedbackKey::read_or_create(path);
  ASSERT_TRUE(made && again);
  EXPECT_EQ(made->text_hash("a text"), again->text_hash("a text"));
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(FeedbackKey, TextsAndClientsLiveApart) {
  const FeedbackKey key = FeedbackKey::of(std::string(64, 'a'));
  EXPECT_EQ(key.text_hash("x").size(), 32U);
  EXPECT_NE(key.text_hash("x"), key.client_hash("x"));
  EXPECT_NE(key.text_hash("x"), key.text_hash("y"));
  EXPECT_EQ(key.client_hash(""), "");
  EXPECT_NE(key.text_hash("x"), FeedbackKey::of(std::string(64, 'b')).text_hash("x"))
      << "without the key nobody can look a text up";
}

TEST(FeedbackKey, AFileWithoutKeyIsRefusedAndNotShown) {
  const TestFolder folder;
  for (const char* content :
       {"", "abc", "zz23456789012345678901234567890123456789012345678901234567890123"}) {
    std::ofstream(folder.path("key"), std::ios::trunc) << content;
    const auto key = FeedbackKey::read_or_create(folder.path("key"));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().kind, base::ErrorKind::kInvalidArgument);
    EXPECT_NE(key.error().message.find("openssl rand -hex 32"), std::string::npos);
    if (*content != '\0') {
      EXPECT_EQ(key.error().message.find(content), std::string::npos);
    }
  }
}

TEST(FeedbackKey, TenantsDoNotShareClients) {
  const FeedbackKey key = FeedbackKey::of(std::string(64, 'a'));
  EXPECT_EQ(key.client_hash("token", ""), key.client_hash("token"));
  EXPECT_NE(key.client_hash("token", "cats"), key.client_hash("token"));
  EXPECT_NE(key.client_hash("token", "cats"), key.client_hash("token", "dogs"));
  EXPECT_NE(key.client_hash("stoken", "cat"), key.client_hash("token", "cats"));
  EXPECT_EQ(key.client_hash("", "cats"), "");
}

}  // namespace
}  // namespace dss::store
