#include "http/tls_context.h"

#include <gtest/gtest.h>

#include "http/test_certificates.h"
#include "rapidcheck/gtest.h"

namespace dss::http {
namespace {

class TlsContextTest : public testing::Test {
 protected:
  std::string error_of(const std::string& certificate, const std::string& key) {
    const auto context = TlsContext::open({.certificate = certificate, .key = key});
    if (context) return "no error";
    EXPECT_EQ(context.error().message.find('\n'), std::string::npos);
    return context.error().message;
  }

  TestFolder folder_;
  TestIdentity identity_;
  const TlsFiles files_ = folder_.write(identity_);
};

TEST_F(TlsContextTest, KnowsWhenItsCertificateEnds) {
  const auto context = TlsContext::open(files_);
  ASSERT_TRUE(context) << context.error().message;
  const double left =
      std::chrono::duration<double>((*context)->expires() - base::system_clock().system()).count();
  EXPECT_NEAR(left, 30 * 86400, 60);
}

TEST_F(TlsContextTest, TakesAChainBehindTheCertificate) {
  const std::string chain =
      folder_.write("chain.pem", identity_.certificate() + TestIdentity().certificate());
  EXPECT_EQ(error_of(chain, files_.key), "no error");
}

TEST_F(TlsContextTest, MissingFilesAreNamed) {
  const std::string missing = folder_.path("nothing.pem");
  EXPECT_EQ(error_of(missing, files_.key), missing + ": No such file or directory");
  EXPECT_EQ(error_of(files_.certificate, missing), missing + ": No such file or directory");
  EXPECT_EQ(error_of(folder_.path(""), files_.key), folder_.path("") + ": Is a directory");
}

TEST_F(TlsContextTest, AKeyOfAnotherCertificateIsRefused) {
  const std::string key = folder_.write("other.pem", TestIdentity().key());
  EXPECT_EQ(error_of(files_.certificate, key),
            key + ": is not the key of the certificate in " + files_.certificate);
}

TEST_F(TlsContextTest, AnEncryptedKeyIsRefusedAndNobodyIsAsked) {
  const std::string key = folder_.write("locked.pem", identity_.key("secret"));
  EXPECT_EQ(error_of(files_.certificate, key),
            key + ": the key is encrypted; store it without a passphrase");
}

TEST_F(TlsContextTest, ACutChainIsRefused) {
  const std::string second = TestIdentity().certificate();
  const std::string file =
      folder_.write("cut.pem", identity_.certificate() + second.substr(0, second.size() / 2));
  EXPECT_NE(error_of(file, files_.key).find("the chain behind the certificate is damaged"),
            std::string::npos);
}

/// A file that was cut anywhere is refused, or holds all that is needed: OpenSSL asks for the last
/// line but not for its end.
RC_GTEST_FIXTURE_PROP(TlsContextTest, CutFilesAreRefused, ()) {
  const bool cut_key = *rc::gen::arbitrary<bool>();
  const std::string whole = cut_key ? identity_.key() : identity_.certificate();
  const auto length = *rc::gen::inRange<std::size_t>(0, whole.size() - 1);
  const std::string file = folder_.write("short.pem", whole.substr(0, length));
  const std::string error =
      cut_key ? error_of(files_.certificate, file) : error_of(file, files_.key);
  RC_ASSERT(error.starts_with(file + ": holds no whole PEM"));
}

TEST(TlsSlot, NewConnectionsGetTheNewContext) {
  const TestFolder folder;
  const auto context = TlsContext::open(folder.write(TestIdentity()));
  TlsSlot slot;
  EXPECT_EQ(slot.get(), nullptr);
  slot.set(*context);
  EXPECT_EQ(slot.get(), *context);
}

}  // namespace
}  // namespace dss::http
