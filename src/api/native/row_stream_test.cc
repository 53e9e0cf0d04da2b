#include "api/native/row_stream.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "api/deterministic_backend.h"

namespace dss::api::native {
namespace {

class Collector final : public http::StreamWriter {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  void finish() override { finished = true; }
  void wake() override {}
  [[nodiscard]] bool client_gone() const override { return false; }

  std::string text;
  bool finished = false;
};

class RowStreamTest : public testing::Test {
 protected:
  RowStreamTest() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
  }

  http::StreamStart open(std::string_view type, std::string_view query = {},
                         http::HeaderView more = {}) {
    const http::HeaderView headers[] = {{"Content-Type", type}, more};
    http::Request request;
    request.headers = headers;
    request.query = query;
    return open_row_stream(service_, request, writer_);
  }
  // What comes of the rows under that header.
  std::string answer_under(http::HeaderView header, std::string_view input) {
    auto start = open("application/x-ndjson", {}, header);
    const auto handler = std::move(std::get<std::unique_ptr<http::StreamHandler>>(start));
    handler->data(input);
    handler->end();
    return std::exchange(writer_->text, {});
  }
  void have_policy() {
    policy::Policy games;
    games.id = "games";
    games.version = "7";
    games.communities = {"arena"};
    games.bands = {{"toxic", 0.8F, 1.0F, policy::Action::kHold}};
    games.block.add("forbidden word");
    const auto set = std::make_shared<policy::PolicySet>();
    EXPECT_TRUE(set->add(std::move(games)));
    service_.policies = [set] { return set; };
  }
  std::unique_ptr<http::StreamHandler> rows(std::string_view query = {}) {
    auto start = open("application/x-ndjson", query);
    return std::move(std::get<std::unique_ptr<http::StreamHandler>>(start));
  }
  std::string answer(std::string_view input) {
    const auto handler = rows();
    handler->data(input);
    handler->end();
    EXPECT_TRUE(writer_->finished);
    return writer_->text;
  }
  // The row as `simple` answers it.
  static std::string scored(const std::string& row, std::string_view score) {
    return row.substr(0, row.size() - 1) + ",\"score\":" + std::string(score) + ",";
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  std::shared_ptr<Collector> writer_ = std::make_shared<Collector>();
};

TEST_F(RowStreamTest, RowsComeBackWithTheirScores) {
  const std::string out =
      answer("{\"id\":1,\"text\":\"p=0.9\"}\n\n{\"text\":\"p=0.2\",\"score\":0}");
  const std::size_t second = out.find('\n') + 1;
  EXPECT_TRUE(out.starts_with(
      R"({"id":1,"text":"p=0.9","score":90,"toxicity_level":"extreme","confidence":0.9,)"))
      << out;
  EXPECT_TRUE(out.substr(second).starts_with(R"({"text":"p=0.2","score":20,)")) << out;
  EXPECT_NE(out.find(R"("model_used":"simple","model_version":"1.2.3"})"
                     "\n"),
            std::string::npos);
}

TEST_F(RowStreamTest, BadRowsKeepTheirPlace) {
  const std::string out =
      answer("not json\n{\"text\":\"p=0.5\"}\n{\"text\":7}\n{\"text\":\"[refuse]\"}\n");
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = out.find('\n', at);
    lines.push_back(out.substr(at, end - at));
    at = end + 1;
  }
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_TRUE(lines[0].starts_with("{\"line\":1,\"error\":\"")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("{\"text\":\"p=0.5\",\"score\":50,")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("{\"line\":3,\"error\":\"")) << lines[2];
  EXPECT_EQ(lines[3], R"({"line":4,"error":"the language 'xx' is not supported"})");
}

TEST_F(RowStreamTest, WhereTheBytesAreCutDoesNotMatter) {
  std::string input;
  for (int i = 0; i < 50; ++i) {
    input += "{\"n\":" + std::to_string(i) + ",\"text\":\"p=0." + std::to_string(i + 10) + "\"}\n";
  }
  const std::string whole = answer(input);
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    writer_ = std::make_shared<Collector>();
    const auto handler = rows();
    for (std::size_t at = 0; at < input.size();) {
      const std::size_t size = random() % 40;
      handler->data(std::string_view(input).substr(at, size));
      at += size;
    }
    handler->end();
    EXPECT_EQ(writer_->text, whole);
  }
}

TEST_F(RowStreamTest, ARowWithoutEndIsGivenUp) {
  const auto handler = rows();
  const std::string part(300'000, 'x');
  for (int i = 0; i < 8; ++i) handler->data(part);
  handler->data("xx\n{\"text\":\"p=0.5\"}\n");
  handler->end();
  EXPECT_TRUE(writer_->text.starts_with(
      "{\"line\":1,\"error\":\"the row is longer than 1 MiB\"}\n{\"text\":\"p=0.5\",\"score\":50,"))
      << writer_->text.substr(0, 200);
}

TEST_F(RowStreamTest, LongTextsWaitForRoomOnAnotherThread) {
  bool room = false;
  service_.run_aside = [&](http::Task* task) {
    if (room) (*task)();
    return room;
  };
  const auto handler = rows();
  handler->data("{\"text\":\"p=0.9 " + std::string(20'000, 'y') + "\"}\n{\"text\":\"p=0.1\"}\n");
  EXPECT_FALSE(handler->wants_data());
  EXPECT_TRUE(writer_->text.empty()) << "the second row waits for the first";
  room = true;
  handler->tick();
  EXPECT_TRUE(handler->wants_data());
  handler->end();
  EXPECT_TRUE(writer_->finished);
  EXPECT_NE(writer_->text.find("\"score\":90"), std::string::npos);
}

TEST_F(RowStreamTest, AnEncoderAnswersInAnyOrder) {
  std::vector<Later> queue;
  service_.backend.score_later = [&](std::string_view, const scoring::Options&, Later* later) {
    queue.push_back(std::move(*later));
    return true;
  };
  const auto handler = rows("model=bert");
  handler->data("{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
  handler->end();
  ASSERT_EQ(queue.size(), 2U);
  queue[1].done(deterministic_score("p=0.2", {.model = "simple"}));
  EXPECT_TRUE(writer_->text.empty());
  EXPECT_FALSE(writer_->finished);
  queue[0].done(deterministic_score("p=0.1", {.model = "simple"}));
  EXPECT_TRUE(writer_->finished);
  EXPECT_TRUE(writer_->text.starts_with("{\"text\":\"one\",\"score\":10,")) << writer_->text;
  EXPECT_NE(writer_->text.find("{\"text\":\"two\",\"score\":20,"), std::string::npos);
  EXPECT_NE(writer_->text.find("\"model_used\":\"bert\""), std::string::npos);
}

TEST_F(RowStreamTest, PausesWhileManyRowsAreUnderWay) {
  std::vector<Later> queue;
  service_.backend.score_later = [&](std::string_view, const scoring::Options&, Later* later) {
    queue.push_back(std::move(*later));
    return true;
  };
  const auto handler = rows("model=bert");
  std::size_t sent = 0;
  while (handler->wants_data() && sent < 10'000) {
    handler->data("{\"text\":\"a\"}\n");
    ++sent;
  }
  EXPECT_EQ(sent, 256U);
}

constexpr const char* kRows =
    "{\"text\":\"p=0.9\",\"policy\":\"x\"}\n{\"text\":\"p=0.1 forbidden word\"}\n";

TEST_F(RowStreamTest, TheHeadersPolicyJudgesEveryRow) {
  have_policy();
  const std::string out = answer_under({"X-Community-Id", "arena"}, kRows);
  EXPECT_TRUE(out.starts_with(R"({"text":"p=0.9","score":90,)")) << out;
  EXPECT_NE(out.find(R"("model_version":"1.2.3","policy":{"id":"games","version":"7",)"
                     R"("action":"hold",)"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find(R"("action":"block","reasons":[{"rule":"block_list",)"
                     R"("phrase":"forbidden word"}]}})"),
            std::string::npos)
      << out;
  EXPECT_EQ(answer_under({"X-Policy", "games"}, kRows), out);
  EXPECT_EQ(answer_under({"X-Community-Id", "elsewhere"}, kRows).find("\"action\""),
            std::string::npos);
}

constexpr const char* kCommunities =
    "{\"text\":\"p=0.9\",\"community_id\":\"arena\"}\n"
    "{\"text\":\"p=0.91\",\"community_id\":\"elsewhere\"}\n"
    "{\"text\":\"p=0.92\"}\n"
    "{\"text\":\"p=0.93\",\"communityId\":7}\n";

std::vector<std::string> actions_in(const std::string& out) {
  std::vector<std::string> actions;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kMember = R"("action":")";
    const std::size_t at = line.find(kMember);
    const std::string value = line.substr(at == line.npos ? line.size() : at + kMember.size());
    actions.push_back(value.substr(0, value.find('"')));
    if (value.empty()) actions.back() = line.starts_with(R"({"line":)") ? "error" : "none";
  }
  return actions;
}

using Actions = std::vector<std::string>;

TEST_F(RowStreamTest, ARowsCommunityWinsOverTheHeaders) {
  have_policy();
  EXPECT_EQ(actions_in(answer_under({"Accept", "*/*"}, kCommunities)),
            (Actions{"hold", "none", "none", "error"}));
  EXPECT_EQ(actions_in(answer_under({"X-Community-Id", "arena"}, kCommunities)),
            (Actions{"hold", "none", "hold", "error"}));
  const std::string out = answer_under({"X-Community-Id", "arena"}, kCommunities);
  EXPECT_NE(out.find(R"({"line":4,"error":"'communityId': )"), std::string::npos) << out;
}

TEST_F(RowStreamTest, APolicyThatIsNamedJudgesRowsOfAllCommunities) {
  have_policy();
  EXPECT_EQ(actions_in(answer_under({"X-Policy", "games"}, kCommunities)),
            (Actions{"hold", "hold", "hold", "hold"}));
}

TEST_F(RowStreamTest, WithoutPoliciesARowsCommunityIsARowsOwnMember) {
  EXPECT_EQ(actions_in(answer_under({"Accept", "*/*"}, kCommunities)),
            (Actions{"none", "none", "none", "none"}));
}

TEST_F(RowStreamTest, APolicyThatIsNotThereRefusesTheStream) {
  have_policy();
  const auto refused = open("application/x-ndjson", {}, {"X-Policy", "nobodys"});
  ASSERT_TRUE(std::holds_alternative<http::Response>(refused));
  EXPECT_EQ(std::get<http::Response>(refused).status, 422);
}

TEST_F(RowStreamTest, ThePolicyJudgesWhatAnEncoderAnswersLater) {
  have_policy();
  std::vector<Later> queue;
  service_.backend.score_later = [&](std::string_view, const scoring::Options&, Later* later) {
    queue.push_back(std::move(*later));
    return true;
  };
  auto start = open("application/x-ndjson", "model=bert", {"X-Policy", "games"});
  const auto handler = std::move(std::get<std::unique_ptr<http::StreamHandler>>(start));
  handler->data("{\"text\":\"a forbidden word\"}\n");
  handler->end();
  ASSERT_EQ(queue.size(), 1U);
  queue[0].done(deterministic_score("p=0.2", {.model = "simple"}));
  EXPECT_NE(writer_->text.find(R"("action":"block")"), std::string::npos) << writer_->text;
}

TEST_F(RowStreamTest, BlocklistsMatchInTheTextAsItStandsInTheRow) {
  const std::vector<blocklist::List> lists = {
      {.name = "ads", .description = {}, .items = {{.id = "one", .text = "skins"}}}};
  const auto matcher = std::make_shared<const blocklist::Matcher>(lists);
  service_.blocklists = [matcher] { return matcher; };
  const std::string out =
      answer("{\"text\":\" \\n\u00a0free skins p=0.5\"}\n{\"text\":\"p=0.5\"}\n");
  EXPECT_NE(out.find(R"("blocklists":[{"list":"ads","item":"one","begin":8,"end":13}]})"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find(R"("blocklists":[]})"), std::string::npos) << out;
}

TEST_F(RowStreamTest, LargePatternsAreMatchedOnAnotherThread) {
  const std::vector<blocklist::List> lists = {{.name = "ads",
                                               .description = {},
                                               .items = {{.id = "one",
                                                          .text = "(.{0,20}a){3}.{0,20}b.{20}c",
                                                          .kind = blocklist::Kind::kPattern}}}};
  const auto matcher = std::make_shared<const blocklist::Matcher>(lists);
  service_.blocklists = [matcher] { return matcher; };
  int offered = 0;
  service_.run_aside = [&](http::Task* task) {
    ++offered;
    (*task)();
    return true;
  };
  const auto handler = rows();
  handler->data("{\"text\":\"p=0.9 " + std::string(500, 'y') + "\"}\n{\"text\":\"p=0.1\"}\n");
  handler->end();
  EXPECT_EQ(offered, 1);
  EXPECT_TRUE(writer_->finished);
}

TEST_F(RowStreamTest, OtherBodiesAndModelsAreNoStreams) {
  EXPECT_TRUE(std::holds_alternative<std::monostate>(open("application/json")));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(open("")));
  const auto refused = open("application/x-ndjson; charset=utf-8", "model=gpt");
  ASSERT_TRUE(std::holds_alternative<http::Response>(refused));
  EXPECT_EQ(std::get<http::Response>(refused).status, 422);
}

}  // namespace
}  // namespace dss::api::native
