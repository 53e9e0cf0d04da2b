#include "auth/jwt_verifier.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "crypto/base64url.h"
#include "crypto/test_signer.h"
#include "store/test_folder.h"

namespace dss::auth {
namespace {

using crypto::SignatureAlgorithm;
using crypto::TestSigner;
using std::chrono::seconds;

class JwtVerifierTest : public testing::Test {
 protected:
  void publish(const std::string& id, const TestSigner& signer) const {
    std::ofstream(folder_.path("jwks.json"))
        << R"({"keys":[{"kid":")" << id << "\"," << signer.jwk_members() << "}]}";
  }
  [[nodiscard]] std::unique_ptr<JwtVerifier> open() const {
    auto verifier = JwtVerifier::open({.jwks_file = folder_.path("jwks.json"),
                                       .rules = {.algorithm = SignatureAlgorithm::kEdDsa,
                                                 .issuer = "me",
                                                 .audience = "dss",
                                                 .leeway = seconds(0)},
                                       .clock = &clock_});
    if (!verifier) ADD_FAILURE() << verifier.error().message;
    return verifier ? std::move(*verifier) : nullptr;
  }
  static std::string token(const std::string& id, const TestSigner& signer, int subject = 1) {
    const std::string message =
        crypto::base64url(R"({"alg":"EdDSA","kid":")" + id + "\"}") + "." +
        crypto::base64url(R"({"iss":"me","aud":"dss","exp":60,"roles":"score","sub":"u)" +
                          std::to_string(subject) + "\"}");
    return message + "." + crypto::base64url(signer.sign(message));
  }

  store::TestFolder folder_;
  base::ManualClock clock_;
  const TestSigner old_{SignatureAlgorithm::kEdDsa};
  const TestSigner new_{SignatureAlgorithm::kEdDsa};
};

TEST_F(JwtVerifierTest, ARememberedTokenStillExpires) {
  publish("old", old_);
  const auto verifier = open();
  const std::string good = token("old", old_);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(verifier->find(good).has_value());
  clock_.advance(seconds(60));
  EXPECT_FALSE(verifier->find(good).has_value());
}

TEST_F(JwtVerifierTest, KeysAreExchangedByAReloadAndOldTokensForgotten) {
  publish("old", old_);
  const auto verifier = open();
  EXPECT_TRUE(verifier->find(token("old", old_)).has_value());
  EXPECT_FALSE(verifier->find(token("new", new_)).has_value());
  publish("new", new_);
  EXPECT_TRUE(verifier->reload());
  EXPECT_FALSE(verifier->find(token("old", old_)).has_value());
  EXPECT_TRUE(verifier->find(token("new", new_)).has_value());
}

TEST_F(JwtVerifierTest, ADamagedFileKeepsTheKeysAndIsNamed) {
  publish("old", old_);
  const auto verifier = open();
  std::ofstream(folder_.path("jwks.json")) << "{}";
  const base::Status reloaded = verifier->reload();
  ASSERT_FALSE(reloaded);
  EXPECT_TRUE(reloaded.error().message.starts_with(folder_.path("jwks.json") + ": "));
  EXPECT_TRUE(verifier->find(token("old", old_)).has_value());
}

TEST_F(JwtVerifierTest, MoreTokensThanItRemembersAreAllAnsweredRight) {
  publish("old", old_);
  const auto verifier = open();
  for (int subject = 0; subject < 5000; ++subject) {
    const auto principal = verifier->find(token("old", old_, subject));
    ASSERT_TRUE(principal.has_value());
    const std::string name = std::string("me") + '\0' + "u" + std::to_string(subject);
    EXPECT_EQ(principal->account, account_of(name));
  }
}

TEST_F(JwtVerifierTest, ThreadsAskWhileKeysAreExchanged) {
  publish("old", old_);
  const auto verifier = open();
  const std::string good = token("old", old_);
  std::thread asking([&] {
    for (int i = 0; i < 2000; ++i) EXPECT_TRUE(verifier->find(good).has_value());
  });
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(verifier->reload());
  asking.join();
}

}  // namespace
}  // namespace dss::auth
