#include "api/native/anonymize.h"

#include <gtest/gtest.h>

#include <optional>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"

namespace dss::api::native {
namespace {

class Anonymize : public testing::Test {
 protected:
  Anonymize() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
  }
  http::Response post(const std::string& body) {
    http::RouteTable table;
    add_routes(service_, &table);
    return run(table, {.method = http::Method::kPost,
                       .path = "/anonymize",
                       .headers = {{"Content-Type", "application/json"}},
                       .body = body})
        .value();
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
};

TEST_F(Anonymize, MasksAndSaysWhereInCodePoints) {
  const http::Response response = post(R"({"text":"é jane@example.org, 06 12 34 56 78 "})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body,
            R"({"text":"é [EMAIL], [PHONE] ","entities":[{"kind":"email","begin":2,"end":18},)"
            R"({"kind":"phone","begin":20,"end":34}],"offsets":"code points"})");
}

TEST_F(Anonymize, TakesTheKindsAndTheStrategyAskedFor) {
  const std::string text = R"("text":"jane@example.org 06 12 34 56 78")";
  EXPECT_NE(post("{" + text + R"(,"kinds":["phone"],"strategy":"drop"})")
                .body.find(R"("text":"jane@example.org ")"),
            std::string::npos);
  EXPECT_NE(post("{" + text + R"(,"kinds":[],"strategy":null})").body.find(R"("entities":[])"),
            std::string::npos);
  EXPECT_NE(post("{" + text + R"(,"kinds":null})").body.find("[EMAIL] [PHONE]"), std::string::npos);
}

TEST_F(Anonymize, HashesOnlyUnderTheOperatorsKey) {
  const std::string body = R"({"text":"jane@example.org","strategy":"hash"})";
  const http::Response refused = post(body);
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find("privacy.hash-key-file"), std::string::npos);
  EXPECT_EQ(refused.body.find("jane"), std::string::npos);
  service_.hash_key =
      std::make_shared<const personal::HashKey>(personal::HashKey::of(std::string(32, 'k')));
  const http::Response hashed = post(body);
  EXPECT_EQ(hashed.status, 200);
  EXPECT_NE(hashed.body.find("[EMAIL:h"), std::string::npos) << hashed.body;
}

TEST_F(Anonymize, RefusesWhatItDoesNotUnderstandWithoutAnEcho) {
  for (const char* body :
       {"{}", R"({"text":null})", R"({"text":5})", R"({"text":""})",
        R"({"text":"sesame@x.org","strategy":"sesame"})", R"({"text":"sesame","strategy":1})",
        R"({"text":"sesame","kinds":"email"})", R"({"text":"sesame","kinds":["sesame"]})",
        R"({"text":"sesame","kinds":[1]})", "sesame",
        R"({"text":"a","kinds":["ip","ip","ip","ip","ip","ip","ip","ip","ip","ip","ip"]})"}) {
    const http::Response response = post(body);
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_EQ(response.body.find("sesame"), std::string::npos) << body;
  }
}

TEST_F(Anonymize, TellsWhatItFound) {
  std::optional<personal::Entities> told;
  service_.personal_found = [&told](const personal::Entities& found) { told = found; };
  post(R"({"text":"jane@example.org"})");
  ASSERT_TRUE(told.has_value());
  ASSERT_EQ(told->size(), 1U);
  EXPECT_EQ(told->front().kind, personal::Kind::kEmail);
}

}  // namespace
}  // namespace dss::api::native
