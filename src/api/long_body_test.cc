#include "api/long_body.h"

#include <gtest/gtest.h>

#include <string>

#include "api/azure/routes.h"
#include "api/deterministic_backend.h"
#include "api/discourse/routes.h"
#include "api/handler_runner.h"
#include "api/openai/routes.h"
#include "api/tei/routes.h"
#include "blocklist/store.h"

namespace dss::api {
namespace {

// Every protocol's way to score texts, with a lane that counts what it is given.
class LongBody : public testing::Test {
 protected:
  LongBody() : lists_("") {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.run_aside = [this](http::Task* task) {
      ++offered_;
      if (room_) (*task)();
      return room_;
    };
    openai::add_routes(service_, &table_);
    tei::add_routes(service_, &table_);
    discourse::add_routes(service_, &table_);
    azure::add_routes(service_, &lists_, "http", &table_);
  }

  int post(const std::string& path, const std::string& body) {
    offered_ = 0;
    return run(table_, {.method = http::Method::kPost, .path = path, .body = body})->status;
  }

  struct Case {
    std::string path;
    std::string before;
    std::string after;
    int when_full;
  };
  static std::vector<Case> cases() {
    return {
        {"/v1/moderations", R"({"input":["p=0.5)", R"("]})", 503},
        {"/predict", R"({"inputs":"p=0.5)", R"("})", 429},
        {"/", R"({"inputs":"p=0.5)", R"("})", 429},
        {"/models/any/model", R"({"inputs":"p=0.5)", R"("})", 429},
        {"/api/v1/classify", R"({"model":"any","content":"p=0.5)", R"("})", 503},
        {"/contentsafety/text:analyze?api-version=2023-10-01", R"({"text":"p=0.5)", R"("})", 503}};
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  blocklist::Store lists_;
  http::RouteTable table_;
  bool room_ = true;
  int offered_ = 0;
};

TEST_F(LongBody, IsReadOnAnotherThread) {
  for (const Case& one : cases()) {
    // Much JSON, little text: the text alone would be scored where it is read.
    const std::string more(kMostInlineBody, ' ');
    EXPECT_EQ(post(one.path, one.before + one.after + more), 200) << one.path;
    EXPECT_EQ(offered_, 1) << one.path;
  }
}

TEST_F(LongBody, ShortOnesStay) {
  for (const Case& one : cases()) {
    EXPECT_EQ(post(one.path, one.before + one.after), 200) << one.path;
    EXPECT_EQ(offered_, 0) << one.path;
  }
}

TEST_F(LongBody, ShortOnesGoTooWhereThePatternsAreLarge) {
  service_.blocklists = [this] { return lists_.matcher(); };
  ASSERT_TRUE(lists_.put_list("own", nullptr));
  const auto add = [this](const std::string& text) {
    const blocklist::Item item{.id = text, .text = text, .kind = blocklist::Kind::kPattern};
    ASSERT_TRUE(lists_.put_items("own", {&item, 1}));
  };
  const auto offered = [this](std::size_t bytes) {
    const Case one = cases().front();
    const std::string more(bytes - one.before.size() - one.after.size(), ' ');
    EXPECT_EQ(post(one.path, one.before + one.after + more), 200);
    return offered_;
  };
  add(R"(\bbuy\s+\w+ now\b)");
  EXPECT_EQ(offered(500), 0) << "a simple pattern and a text of a usual length";
  add("(.{0,20}a){3}.{0,20}b.{20}c");
  EXPECT_EQ(offered(500), 1);
  EXPECT_EQ(offered(50), 0);
}

TEST_F(LongBody, IsRefusedInTheProtocolsWordsWhereThereIsNoRoom) {
  room_ = false;
  for (const Case& one : cases()) {
    const std::string more(kMostInlineBody, ' ');
    EXPECT_EQ(post(one.path, one.before + one.after + more), one.when_full) << one.path;
  }
}

}  // namespace
}  // namespace dss::api
