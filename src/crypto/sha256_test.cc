#include "crypto/sha256.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::crypto {
namespace {

TEST(Sha256, MatchesTheStandardsVectors) {
  // FIPS 180-4 examples, as in NIST's "SHA256 (byte)" test values.
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, HashesAFileLargerThanOnePiece) {
  const std::string path = testing::TempDir() + "dss_sha256_test";
  const std::string content(1'000'003, 'x');
  std::ofstream(path, std::ios::binary) << content;
  EXPECT_EQ(sha256_file_hex(path).value(), sha256_hex(content));
  std::filesystem::remove(path);
}

TEST(Sha256, NamesAMissingFileAndTheCause) {
  const auto digest = sha256_file_hex("/nonexistent/weights");
  ASSERT_FALSE(digest.has_value());
  EXPECT_EQ(digest.error().kind, base::ErrorKind::kIo);
  EXPECT_EQ(digest.error().message, "/nonexistent/weights: No such file or directory");
}

TEST(Sha256, NamesADirectory) {
  const auto digest = sha256_file_hex("/tmp");
  ASSERT_FALSE(digest.has_value());
  EXPECT_EQ(digest.error().message, "/tmp: Is a directory");
}

RC_GTEST_PROP(Sha256, PiecesDoNotMatter, (const std::vector<std::string>& pieces)) {
  Sha256 digest;
  std::string whole;
  for (const std::string& piece : pieces) {
    digest.update(piece);
    whole += piece;
  }
  RC_ASSERT(digest.finish_hex() == sha256_hex(whole));
  RC_ASSERT(digest.finish_hex() == sha256_hex(""));
}

}  // namespace
}  // namespace dss::crypto
