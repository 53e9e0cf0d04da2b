#include "auth/key_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "store/test_folder.h"
#include "store/test_postgres.h"

namespace dss::auth {
namespace {

using std::chrono::hours;

const base::SystemTime kNoon{std::chrono::seconds(1'700'000'000)};

NewKey new_key(const std::string& name, base::SystemTime created = kNoon) {
  return *make_key({.name = name, .roles = {Role::kScore, Role::kFeedback}, .created = created});
}

enum class Kind : std::uint8_t { kFile, kSqlite, kPostgres };

/// The same tests for each store: made anew for every test.
class EveryKeyStore : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    url_ = "file:" + folder_.path("keys");
    if (GetParam() == Kind::kSqlite) url_ = "sqlite:" + folder_.path("keys");
    if (GetParam() == Kind::kPostgres) {
      const store::TestPostgres& server = store::TestPostgres::shared();
      if (!server.installed()) GTEST_SKIP() << "PostgreSQL is not installed (postgresql-15)";
      ASSERT_TRUE(server.running()) << "PostgreSQL is installed but did not start";
      url_ = server.new_database();
    }
    store_ = open();
    ASSERT_NE(store_, nullptr);
  }
  [[nodiscard]] std::unique_ptr<KeyStore> open() const {
    auto opened = open_key_store(*parse_key_location(url_), true);
    if (!opened) ADD_FAILURE() << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
  [[nodiscard]] std::vector<Key> list() const {
    auto keys = store_->list();
    if (!keys) ADD_FAILURE() << keys.error().message;
    return keys.value_or(std::vector<Key>());
  }

  store::TestFolder folder_;
  std::string url_;
  std::unique_ptr<KeyStore> store_;
};

TEST_P(EveryKeyStore, KeepsAllOfAKeyButItsSecret) {
  NewKey made = new_key("Forum 'of' \"cats\"");
  made.key.tenant = "cats";
  made.key.expires = kNoon + hours(1);
  ASSERT_TRUE(store_->add(made.key));
  const Key other = new_key("later", kNoon + hours(1)).key;
  ASSERT_TRUE(store_->add(other));
  store_ = open();
  EXPECT_EQ(list(), (std::vector{made.key, other}));
  if (GetParam() == Kind::kPostgres) return;
  std::ifstream file(folder_.path("keys"), std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  EXPECT_EQ(bytes.str().find(made.secret.substr(13)), std::string::npos);
  struct stat info{};
  ASSERT_EQ(::stat(folder_.path("keys").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_P(EveryKeyStore, RevokesAndTheEarlierRevocationStays) {
  const Key key = new_key("forum").key;
  ASSERT_TRUE(store_->add(key));
  ASSERT_TRUE(store_->revoke(key.id, kNoon + hours(2)));
  EXPECT_EQ(list().front().revoked, kNoon + hours(2));
  ASSERT_TRUE(store_->revoke(key.id, kNoon + hours(1)));
  ASSERT_TRUE(store_->revoke(key.id, kNoon + hours(3)));
  EXPECT_EQ(list().front().revoked, kNoon + hours(1));
}

TEST_P(EveryKeyStore, RefusesASecondKeyOfTheSameIdAndAnUnknownOne) {
  Key key = new_key("forum").key;
  ASSERT_TRUE(store_->add(key));
  key.digest = new_key("other").key.digest;
  EXPECT_EQ(store_->add(key).error().kind, base::ErrorKind::kInvalidArgument);
  EXPECT_EQ(store_->revoke("dss_00000000", kNoon).error().kind, base::ErrorKind::kNotFound);
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(EveryKeyStore, TwoProcessesAtATimeLoseNothing) {
  const auto add_ten = [this] {
    const auto store = open();
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(store->add(new_key("x").key));
  };
  std::thread other(add_ten);
  add_ten();
  other.join();
  EXPECT_EQ(list().size(), 20U);
}

std::string kind_name(const testing::TestParamInfo<Kind>& info) {
  if (info.param == Kind::kFile) return "File";
  return info.param == Kind::kSqlite ? "Sqlite" : "Postgres";
}
INSTANTIATE_TEST_SUITE_P(Stores, EveryKeyStore,
                         testing::Values(Kind::kFile, Kind::kSqlite, Kind::kPostgres), kind_name);

TEST(KeyStore, SaysWhichFormsThereAreAndRepeatsNothing) {
  const auto location = parse_key_location("mysql://user:hunter2@host/keys");
  ASSERT_FALSE(location.has_value());
  EXPECT_EQ(location.error().message.find("hunter2"), std::string::npos);
  EXPECT_FALSE(parse_key_location("file:").has_value());
  EXPECT_EQ(parse_key_location("file:/etc/keys")->shown(), "/etc/keys");
}

TEST(KeyStore, AFileThatIsMissingIsMadeOnlyWhereAKeyIs) {
  const store::TestFolder folder;
  for (const char* kind : {"file:", "sqlite:"}) {
    const auto location = *parse_key_location(kind + folder.path("none"));
    const auto opened = open_key_store(location);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().kind, base::ErrorKind::kNotFound);
    EXPECT_TRUE(open_key_store(location, true).has_value());
  }
}

TEST(KeyStore, ADamagedFileIsNamed) {
  const store::TestFolder folder;
  std::ofstream(folder.path("keys")) << "dss_nonsense\n";
  const auto store = open_key_store(*parse_key_location("file:" + folder.path("keys")));
  const auto keys = (*store)->list();
  ASSERT_FALSE(keys.has_value());
  EXPECT_TRUE(keys.error().message.starts_with(folder.path("keys") + ": line 1: "));
}

}  // namespace
}  // namespace dss::auth
