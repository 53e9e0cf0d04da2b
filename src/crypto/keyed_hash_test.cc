#include "crypto/keyed_hash.h"

#include <string>

#include "gtest/gtest.h"

namespace dss::crypto {
namespace {

KeyedHash::Key counting_key() {
  KeyedHash::Key key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  return key;
}

TEST(KeyedHash, MatchesTheReferenceVectors) {
  // https://github.com/veorq/SipHash/blob/master/vectors.h, key 00 01 … 0f, input 00 01 … (n − 1).
  const KeyedHash hash(counting_key());
  std::string input;
  EXPECT_EQ(hash(input), 0x726fdb47dd0e0e31ULL);
  for (char c = 0; c < 15; ++c) input += c;
  EXPECT_EQ(hash(input), 0xa129ca6149be45e5ULL);
}

TEST(KeyedHash, ARandomKeyGivesEachProcessItsOwnHashes) {
  const KeyedHash a = KeyedHash::with_random_key();
  const KeyedHash b = KeyedHash::with_random_key();
  EXPECT_EQ(a("192.0.2.1"), a("192.0.2.1"));
  EXPECT_NE(a("192.0.2.1"), b("192.0.2.1"));
  EXPECT_NE(a("192.0.2.1"), a("192.0.2.2"));
}

}  // namespace
}  // namespace dss::crypto
