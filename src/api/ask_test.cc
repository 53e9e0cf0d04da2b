#include "api/ask.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"

namespace dss::api {
namespace {

// A route whose handler asks the given questions and answers with their scores, `e` for errors.
class Ask : public testing::Test {
 protected:
  Ask() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
  }

  std::string answer(std::vector<Question> questions) {
    http::RouteTable table;
    table.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
    http::Route route;
    route.method = http::Method::kPost;
    route.path = "/";
    route.handler = [&](const http::Request& request, http::Responder responder) {
      ask_all(service_, {request, clock_.steady(), clock_.steady()}, questions, scores_of,
              std::move(responder));
    };
    table.routes.push_back(route);
    const auto response = run(table, {.method = http::Method::kPost, .path = "/"});
    model_ = response->annotation.model;
    return response->body;
  }

  static http::Response scores_of(std::span<const Scored> all) {
    http::Response response;
    for (const Scored& one : all) {
      response.body += one.outcome ? std::to_string(one.verdict.score) : "e";
      response.body += std::string(" ") + std::string(one.model) + ",";
    }
    return response;
  }

  // `bert` answers 77 from a worker: here, when the test says so.
  void add_encoder() {
    service_.backend.score_later = [this](std::string_view, const scoring::Options& options,
                                          Later* later) {
      deadlines_.push_back(options.deadline.has_value());
      waiting_.push_back(std::make_shared<Later>(std::move(*later)));
      return true;
    };
  }
  void finish(std::size_t which) {
    waiting_[which]->done(deterministic_score("p=0.77", {.model = "simple"}));
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  std::vector<std::shared_ptr<Later>> waiting_;
  std::vector<bool> deadlines_;
  std::uint8_t model_ = 0;
};

TEST_F(Ask, AnswersInTheOrderOfTheQuestions) {
  EXPECT_EQ(answer({{"p=0.9", "simple"}, {"p=0.1", "simple"}, {"p=0.5", "simple"}}),
            "90 simple,10 simple,50 simple,");
  EXPECT_EQ(model_, 1) << "the first model type";
}

TEST_F(Ask, NoTextsAreAnsweredToo) { EXPECT_EQ(answer({}), ""); }

TEST_F(Ask, ErrorsKeepTheirPlace) {
  EXPECT_EQ(answer({{"p=0.9", "simple"}, {"[break]", "simple"}, {"[nan]", "simple"}}),
            "90 simple,e simple,e simple,");
}

TEST_F(Ask, LongTextsAreReadAside) {
  std::size_t taken = 0;
  service_.run_aside = [&](http::Task* task) {
    ++taken;
    (*task)();
    return true;
  };
  EXPECT_EQ(answer({{"p=0.9", "simple"}}), "90 simple,");
  EXPECT_EQ(taken, 0U);
  const std::string text = "p=0.9" + std::string(20000, ' ');
  EXPECT_EQ(answer({{text, "simple"}, {"p=0.2", "simple"}}), "90 simple,20 simple,");
  EXPECT_EQ(taken, 1U);
}

TEST_F(Ask, LongTextsOfEncodersBeginAside) {
  add_encoder();
  std::size_t waiting_before = 1;
  service_.run_aside = [&](http::Task* task) {
    waiting_before = waiting_.size();
    (*task)();
    finish(0);
    return true;
  };
  EXPECT_EQ(answer({{std::string(20000, ' '), "bert"}}), "77 bert,");
  EXPECT_EQ(waiting_before, 0U) << "their tokens are not made on the event loop";
}

TEST_F(Ask, WithoutRoomAsideEveryTextIsRefused) {
  service_.run_aside = [](http::Task*) { return false; };
  const std::string text(20000, ' ');
  EXPECT_EQ(answer({{text, "simple"}, {"p=0.2", "simple"}}), "e simple,e simple,");
}

TEST_F(Ask, EncodersAnswerInAnyOrder) {
  add_encoder();
  http::RouteTable table;
  table.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/";
  route.handler = [&](const http::Request& request, http::Responder responder) {
    const std::vector<Question> questions = {{"a", "bert"}, {"p=0.3", "simple"}, {"b", "bert"}};
    ask_all(service_, {request, {}, {}}, questions, scores_of, std::move(responder));
    finish(1);
    finish(0);
  };
  table.routes.push_back(route);
  const auto response = run(
      table,
      {.method = http::Method::kPost, .path = "/", .headers = {{"X-Request-Deadline-Ms", "50"}}});
  EXPECT_EQ(response->body, "77 bert,30 simple,77 bert,");
  EXPECT_EQ(response->annotation.model, 2);
  EXPECT_EQ(deadlines_, (std::vector<bool>{true, true}));
}

}  // namespace
}  // namespace dss::api
