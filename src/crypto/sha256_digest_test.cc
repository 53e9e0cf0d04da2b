#include "crypto/sha256_digest.h"

#include <gtest/gtest.h>

#include "crypto/sha256.h"

namespace dss::crypto {
namespace {

TEST(Sha256Digest, AgreesWithTheOtherInterface) {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string text(size, 'x');
    EXPECT_EQ(hex_of(sha256_digest(text)), sha256_hex(text));
  }
}

TEST(Sha256Digest, ReadsItsOwnHex) {
  const Sha256Digest digest = sha256_digest("abc");
  Sha256Digest read{};
  EXPECT_TRUE(read_hex("BA7816BF8F01CFEA414140DE5DAE2223b00361a396177a9cb410ff61f20015ad", &read));
  EXPECT_EQ(read, digest);
  EXPECT_FALSE(read_hex("ba78", &read));
  EXPECT_FALSE(read_hex(std::string(64, 'g'), &read));
}

}  // namespace
}  // namespace dss::crypto
