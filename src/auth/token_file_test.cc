#include "auth/token_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

namespace dss::auth {
namespace {

constexpr std::string_view kFirst = "0123456789abcdef";
constexpr std::string_view kSecond = "second-token/with+marks==";

class TokenFileTest : public testing::Test {
 protected:
  TokenFileTest() {
    std::string pattern = testing::TempDir() + "dss-tokens-XXXXXX";
    directory_ = mkdtemp(pattern.data());
    path_ = directory_ + "/tokens";
  }
  ~TokenFileTest() override { std::filesystem::remove_all(directory_); }

  void write(std::string_view content) const {
    std::ofstream(path_, std::ios::trunc) << content;
    chmod(path_.c_str(), 0600);
  }
  [[nodiscard]] base::Error refused(std::string_view content) const {
    write(content);
    const auto file = TokenFile::open(path_);
    EXPECT_FALSE(file.has_value());
    return file ? base::Error{} : file.error();
  }

  std::string directory_;
  std::string path_;
};

TEST_F(TokenFileTest, AcceptsItsTokensOnly) {
  write(std::string("# operator\n\n") + std::string(kFirst) + "\n  " + std::string(kSecond) +
        " \r\n");
  const auto file = TokenFile::open(path_);
  ASSERT_TRUE(file.has_value()) << file.error().message;
  EXPECT_TRUE((*file)->accepts(kFirst));
  EXPECT_TRUE((*file)->accepts(kSecond));
  EXPECT_FALSE((*file)->accepts(""));
  EXPECT_FALSE((*file)->accepts("0123456789abcdeX"));
  EXPECT_FALSE((*file)->accepts("0123456789abcdef0"));
  EXPECT_FALSE((*file)->accepts("# operator"));
  EXPECT_FALSE((*file)->readable_by_others());
}

TEST_F(TokenFileTest, RefusesWhatWouldProtectNothing) {
  EXPECT_EQ(refused("").message, path_ + ": holds no token");
  EXPECT_EQ(refused("\n# only a comment\n").message, path_ + ": holds no token");
  EXPECT_EQ(refused("short\n").message, path_ + ": a token is shorter than 16 characters");
  const std::string odd = "a token with blanks in it";
  const base::Error error = refused(odd);
  EXPECT_EQ(error.kind, base::ErrorKind::kInvalidArgument);
  EXPECT_EQ(error.message.find(odd), std::string::npos);
}

TEST_F(TokenFileTest, NamesFileAndCauseWhenItCannotRead) {
  const auto missing = TokenFile::open(path_);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, base::ErrorKind::kIo);
  EXPECT_EQ(missing.error().message, path_ + ": No such file or directory");
  EXPECT_EQ(TokenFile::open(directory_).error().message, directory_ + ": is a directory");
}

TEST_F(TokenFileTest, SaysWhenOthersCanReadIt) {
  write(kFirst);
  chmod(path_.c_str(), 0644);
  EXPECT_TRUE((*TokenFile::open(path_))->readable_by_others());
}

TEST_F(TokenFileTest, ReloadsAndKeepsTheOldTokensOnFailure) {
  write(kFirst);
  const auto file = TokenFile::open(path_);
  write(kSecond);
  EXPECT_TRUE((*file)->reload().has_value());
  EXPECT_FALSE((*file)->accepts(kFirst));
  EXPECT_TRUE((*file)->accepts(kSecond));
  write("");
  EXPECT_FALSE((*file)->reload().has_value());
  EXPECT_TRUE((*file)->accepts(kSecond));
}

TEST_F(TokenFileTest, AnswersWhileItReloads) {
  write(kFirst);
  const auto file = TokenFile::open(path_);
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    while (!stop) EXPECT_TRUE((*file)->accepts(kFirst));
  });
  for (int i = 0; i < 200; ++i) EXPECT_TRUE((*file)->reload().has_value());
  stop = true;
  reader.join();
}

TEST(BearerToken, ReadsTheHeader) {
  EXPECT_EQ(bearer_token("Bearer abc"), "abc");
  EXPECT_EQ(bearer_token("bEARER   abc "), "abc");
  EXPECT_EQ(bearer_token("Bearer "), "");
  EXPECT_EQ(bearer_token("Bearer"), "");
  EXPECT_EQ(bearer_token("Basic abc"), "");
  EXPECT_EQ(bearer_token("Bearerabc"), "");
  EXPECT_EQ(bearer_token(""), "");
}

TEST(TokenFile, OneTokenWithoutAFile) {
  const auto tokens = TokenFile::of("0123456789abcdef");
  ASSERT_TRUE(tokens.has_value());
  EXPECT_TRUE((*tokens)->accepts("0123456789abcdef"));
  EXPECT_FALSE((*tokens)->accepts("0123456789abcdeF"));
  EXPECT_TRUE((*tokens)->reload().has_value());
  EXPECT_TRUE((*tokens)->accepts("0123456789abcdef"));
  EXPECT_FALSE(TokenFile::of("short").has_value());
  EXPECT_FALSE(TokenFile::of("").has_value());
}

TEST_F(TokenFileTest, AcceptsWhileItReloads) {
  write("0123456789abcdef\n");
  const auto tokens = TokenFile::open(path_);
  ASSERT_TRUE(tokens.has_value());
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) EXPECT_TRUE((*tokens)->accepts("0123456789abcdef"));
  });
  for (int i = 0; i < 200; ++i) EXPECT_TRUE((*tokens)->reload().has_value());
  done = true;
  reader.join();
}

}  // namespace
}  // namespace dss::auth
