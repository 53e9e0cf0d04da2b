#include "api/native/routes.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "api/deterministic_backend.h"
#include "api/failure.h"
#include "api/handler_runner.h"
#include "api/token_guard.h"

namespace dss::api::native {
namespace {

/// Keeps what it is told.
class Recorder final : public Observer {
 public:
  struct Seen {
    std::string model;
    int score = 0;
    double parse_seconds = 0;
    double processing_seconds = 0;
  };
  void analysed(const Analysis& analysis) override {
    scored.push_back({std::string(analysis.model), analysis.verdict.score, analysis.parse_seconds,
                      analysis.processing_seconds});
  }
  void refused(std::string_view model, Refusal refusal, const http::Request&) override {
    refusals.emplace_back(model, refusal);
  }
  std::vector<Seen> scored;
  std::vector<std::pair<std::string, Refusal>> refusals;
};

class Routes : public testing::Test {
 protected:
  Routes() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.observer = &recorder_;
    service_.started = clock_.steady();
    service_.started_at = clock_.system();
  }

  // The routes as they are once the service has been set up.
  const http::RouteTable& table() {
    if (table_.routes.empty()) add_routes(service_, &table_);
    return table_;
  }
  http::Response get(const std::string& path, const std::string& authorization = "") {
    return run(table(), {.method = http::Method::kGet,
                         .path = path,
                         .headers = {{"Authorization", authorization}},
                         .body = ""})
        .value();
  }
  http::Response analyze(const std::string& body) {
    return run(table(), {.method = http::Method::kPost,
                         .path = "/analyze",
                         .headers = {{"Content-Type", "application/json"}},
                         .body = body})
        .value();
  }
  void replace_models(bool simple_loaded) {
    service_.backend.models = [simple_loaded] {
      std::vector<scoring::ModelState> states = deterministic_backend().models();
      states[0].loaded = simple_loaded;
      return states;
    };
  }

  base::ManualClock clock_;
  Stats stats_;
  Recorder recorder_;
  Service service_;
  http::RouteTable table_;
};

TEST_F(Routes, TellWhereTheBlocklistsMatch) {
  EXPECT_EQ(analyze(R"({"text":"a fool"})").body.find("blocklists"), std::string::npos);
  const auto matcher = std::make_shared<const blocklist::Matcher>(std::vector<blocklist::List>{
      {.name = "own", .description = {}, .items = {{.id = "7", .text = "fool"}}}});
  service_.blocklists = [&matcher] { return matcher; };
  EXPECT_NE(analyze(R"({"text":"  é, a FOOL"})")
                .body.find(R"("blocklists":[{"list":"own","item":"7","begin":7,"end":11}])"),
            std::string::npos);
  EXPECT_NE(analyze(R"({"text":"nice"})").body.find(R"("blocklists":[])"), std::string::npos);
}

TEST_F(Routes, AnnotateTheModelOnlyWhenOneWasAsked) {
  EXPECT_EQ(analyze(R"({"text":"a"})").annotation.model, 1);
  EXPECT_EQ(analyze(R"({"text":"a","model":"bert"})").annotation.model, 2);
  EXPECT_EQ(analyze("{}").annotation.model, 0);
}

TEST_F(Routes, TakeTheOperatorsDefaultModel) {
  service_.default_model = "bert";
  EXPECT_EQ(analyze(R"({"text":"a"})").status, 503);
  EXPECT_EQ(analyze(R"({"text":"a","model":null})").status, 503);
  EXPECT_EQ(analyze(R"({"text":"a","model":"simple"})").status, 200);
}

TEST_F(Routes, FlagByTheOperatorsThresholds) {
  service_.thresholds = {{"toxic", 0.8F}, {"obscene", 0.1F}};
  // 0.6, 0.3, 0.15, … : toxic lies between the card's threshold and the operator's.
  EXPECT_NE(analyze(R"({"text":"p=0.6"})").body.find(R"("flagged":["obscene"])"),
            std::string::npos);
  const std::string info = get("/models/info").body;
  EXPECT_NE(info.find(R"({"name":"toxic","threshold":0.8})"), std::string::npos) << info;
  EXPECT_NE(info.find(R"({"name":"insult","threshold":0.5})"), std::string::npos) << info;
}

TEST_F(Routes, TellTheObserver) {
  service_.backend.score = [this](std::string_view text, const scoring::Options& options) {
    clock_.advance(std::chrono::milliseconds(3));
    return deterministic_score(text, options);
  };
  const http::Response response = analyze(R"({"text":"p=0.75"})");
  EXPECT_NE(response.body.find("\"processing_time_ms\":3.0,"), std::string::npos);
  analyze(R"({"text":"a","model":"bert"})");
  analyze(R"({"text":"[refuse]"})");
  analyze(R"({"text":"[break]"})");
  analyze("not json");
  ASSERT_EQ(recorder_.scored.size(), 1U);
  EXPECT_EQ(recorder_.scored[0].model, "simple");
  EXPECT_EQ(recorder_.scored[0].score, 75);
  EXPECT_DOUBLE_EQ(recorder_.scored[0].processing_seconds, 0.003);
  EXPECT_DOUBLE_EQ(recorder_.scored[0].parse_seconds, 0);
  using Pairs = std::vector<std::pair<std::string, Refusal>>;
  EXPECT_EQ(recorder_.refusals, (Pairs{{"bert", Refusal::kModel},
                                       {"simple", Refusal::kValidation},
                                       {"simple", Refusal::kServer}}));
}

TEST_F(Routes, CountWhatTheyDid) {
  analyze(R"({"text":"p=0.5"})");
  analyze(R"({"text":"p=0.9"})");
  analyze(R"({"text":"[refuse]"})");
  clock_.advance(std::chrono::seconds(90));
  EXPECT_EQ(
      get("/stats").body,
      R"({"since":"1970-01-01T00:00:00.000000+00:00","uptime_seconds":90.0,)"
      R"("requests":{"total":3,"success":2,"validation_error":1,"model_error":0,"server_error":0},)"
      R"("mean_score":70.0,"levels":{"low":0,"medium":1,"high":0,"extreme":1}})");
}

TEST_F(Routes, SkipAByteOrderMark) {
  EXPECT_EQ(analyze("\xEF\xBB\xBF{\"text\":\"a\"}").status, 200);
}

TEST_F(Routes, SayThatBodiesMustNotBeCompressed) {
  const http::Response response =
      run(table(), {.method = http::Method::kPost,
                    .path = "/analyze",
                    .headers = {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}},
                    .body = "\x1F\x8B"})
          .value();
  EXPECT_EQ(response.status, 415);
  EXPECT_NE(response.body.find("compressed"), std::string::npos) << response.body;
}

TEST_F(Routes, LinkOnlyToWhatIsServedHere) {
  EXPECT_NE(get("/").body.find("/metrics"), std::string::npos);
  EXPECT_NE(get("/").body.find("/dashboard"), std::string::npos);
  service_.operator_routes_on_public = false;
  EXPECT_EQ(get("/").body.find("/metrics"), std::string::npos);
  EXPECT_EQ(get("/").body.find("/dashboard"), std::string::npos);
}

TEST_F(Routes, RefuseBytesThatAreNoText) {
  for (const std::string& body :
       {std::string("{\"text\":\"caf\xE9\"}"), std::string("\xFF\xFE{\"text\":\"a\"}"),
        std::string("{\"text\":\"\xED\xA0\x80\"}"), std::string(2000, '[')}) {
    const http::Response response = analyze(body);
    EXPECT_EQ(response.status, 422);
    EXPECT_NE(response.body.find("\"value_error.jsondecode\""), std::string::npos);
  }
}

TEST_F(Routes, CountCharactersNotBytes) {
  const auto answer = [this](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "😀";
    return analyze("{\"text\":\" " + text + "\\n\"}").status;
  };
  EXPECT_EQ(answer(5000), 200);
  EXPECT_EQ(answer(5001), 422);
}

TEST_F(Routes, NeverEchoTheText) {
  const std::string secret = "sesame-open";
  for (const std::string& body :
       {"{\"text\":\"" + secret + "\",}", "{\"text\":\"" + secret, "\"" + secret + "\"",
        "{\"text\":\"" + secret + "\",\"model\":\"" + secret + "\"}",
        "{\"text\":[\"" + secret + "\"]}", "{\"text\":\"a\",\"explain\":\"" + secret + "\"}",
        "{\"text\":\"" + secret + "\",\"text\":\"" + secret + "\"}", secret,
        "{\"text\":\"" + secret + " [refuse]\"}", "{\"text\":\"" + secret + " [break]\"}",
        "{\"text\":\"" + secret + " [nan]\"}",
        "{\"text\":\"" + secret + "\",\"model\":\"bert\"}"}) {
    const http::Response response = analyze(body);
    EXPECT_GE(response.status, 400) << body;
    EXPECT_EQ(response.body.find(secret), std::string::npos) << response.body;
  }
}

TEST_F(Routes, SayWhenAModelIsMissing) {
  replace_models(false);
  EXPECT_EQ(get("/health").status, 503);
  EXPECT_NE(get("/health").body.find("\"status\":\"degraded\""), std::string::npos);
  EXPECT_EQ(get("/readyz").status, 503);
  EXPECT_EQ(get("/startupz").status, 503);
  EXPECT_EQ(get("/livez").status, 200);
}

TEST_F(Routes, AreDegradedWithoutAConfiguredModel) {
  service_.configured_models = {"simple", "bert"};
  const http::Response response = get("/health");
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.body.find("\"status\":\"degraded\""), std::string::npos);
  EXPECT_EQ(get("/readyz").status, 200);
}

TEST_F(Routes, AreNotReadyWhileDraining) {
  service_.not_ready = [] { return std::string("The server is shutting down"); };
  const http::Response response = get("/readyz");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header_of(response, "Retry-After"), "5");
  EXPECT_NE(response.body.find("\"message\":\"The server is shutting down\""), std::string::npos);
  EXPECT_EQ(get("/startupz").status, 200);
  EXPECT_EQ(get("/livez").status, 200);
}

TEST_F(Routes, GuardTheOperatorsFigures) {
  const std::string path = testing::TempDir() + "dss-guard-token-" + std::to_string(getpid());
  std::ofstream(path) << "0123456789abcdef\n";
  const auto tokens = auth::TokenFile::open(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(tokens.has_value());
  service_.operator_guard = token_guard(**tokens);
  EXPECT_EQ(get("/stats").status, 401);
  EXPECT_EQ(header_of(get("/stats"), "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(get("/stats", "Bearer 0123456789abcdeX").status, 401);
  EXPECT_EQ(get("/stats", "Basic 0123456789abcdef").status, 401);
  EXPECT_EQ(get("/stats", "Bearer 0123456789abcdef").status, 200);
  EXPECT_EQ(get("/health").status, 200);
}

TEST_F(Routes, ShowOnlyProbesAndFiguresToTheAdminListener) {
  service_.operator_routes_on_public = false;
  const auto status = [this](const std::string& path, http::Door door) {
    const auto response =
        run(table(), {.method = http::Method::kGet, .path = path, .headers = {}, .body = ""}, door);
    return response ? response->status : 404;
  };
  EXPECT_EQ(status("/stats", http::Door::kPublic), 404);
  EXPECT_EQ(status("/stats", http::Door::kAdmin), 200);
  EXPECT_EQ(status("/readyz", http::Door::kPublic), 200);
  EXPECT_EQ(status("/readyz", http::Door::kAdmin), 200);
  EXPECT_EQ(status("/docs", http::Door::kAdmin), 404);
}

TEST(FailureOf, HasOneStatusForEachKind) {
  using base::ErrorKind;
  const std::vector<std::pair<ErrorKind, int>> table = {{ErrorKind::kInvalidArgument, 422},
                                                        {ErrorKind::kUnsupportedLanguage, 422},
                                                        {ErrorKind::kUnknownModel, 422},
                                                        {ErrorKind::kUnavailable, 503},
                                                        {ErrorKind::kModelMissing, 503},
                                                        {ErrorKind::kTooLarge, 413},
                                                        {ErrorKind::kNotFound, 404},
                                                        {ErrorKind::kUnauthorized, 401},
                                                        {ErrorKind::kForbidden, 403},
                                                        {ErrorKind::kCorrupt, 500},
                                                        {ErrorKind::kIo, 500},
                                                        {ErrorKind::kInternal, 500}};
  for (const auto& [kind, status] : table) {
    const http::Failure failure = failure_of({kind, "cause"});
    EXPECT_EQ(failure.status, status);
    EXPECT_FALSE(failure.code.empty());
    EXPECT_EQ(failure.message == "cause", status != 500);
    EXPECT_EQ(failure.retry_after_seconds > 0, status == 503);
  }
}

TEST(FailureOf, ABusyServerIsAskedAgainSoonerThanOneWithoutTheModel) {
  EXPECT_EQ(failure_of({base::ErrorKind::kUnavailable, "full"}).retry_after_seconds, 1);
  EXPECT_EQ(failure_of({base::ErrorKind::kUnavailable, "full"}).code, "overloaded");
  EXPECT_EQ(failure_of({base::ErrorKind::kModelMissing, "none"}).retry_after_seconds, 30);
}

TEST_F(Routes, LargeBatchesAreReadAside) {
  int tasks = 0;
  service_.run_aside = [&](http::Task* task) {
    ++tasks;
    (*task)();
    return true;
  };
  const auto send = [&](std::size_t texts) {
    std::string body = R"({"texts":["p=0.5")";
    for (std::size_t i = 1; i < texts; ++i) body += R"(,"p=0.5")";
    const std::string padding(70'000, ' ');
    return run(table(), {.method = http::Method::kPost,
                         .path = "/analyze/batch",
                         .headers = {{"Content-Type", "application/json"}},
                         .body = body + "]" + (texts > 1 ? padding : "") + "}"})
        .value();
  };
  EXPECT_EQ(send(1).status, 200);
  EXPECT_EQ(tasks, 0) << "a small one is read at once";
  EXPECT_EQ(send(2).status, 200);
  EXPECT_EQ(tasks, 1);
  service_.run_aside = [](http::Task*) { return false; };
  EXPECT_EQ(send(2).status, 503);
}

}  // namespace
}  // namespace dss::api::native
