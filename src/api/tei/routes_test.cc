#include "api/tei/routes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"
#include "api/tei/error.h"
#include "http/router.h"

namespace dss::api::tei {
namespace {

class Tei : public testing::Test {
 protected:
  Tei() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.version = "9.9.9";
    native::add_routes(service_, &table_);
    add_routes(service_, &table_);
  }

  http::Response post(std::string path, std::string body) {
    return *run(table_,
                {.method = http::Method::kPost, .path = std::move(path), .body = std::move(body)});
  }
  std::string predict(std::string body) { return post("/predict", std::move(body)).body; }
  // `status error_type`
  std::string error_of(const std::string& path, std::string body) {
    const http::Response response = post(path, std::move(body));
    const auto error = reader_.parse(response.body);
    EXPECT_FALSE(error->find("error")->string()->empty());
    return std::to_string(response.status) + " " +
           std::string(*error->find("error_type")->string());
  }
  // Scores by place.
  std::vector<double> scores(const std::string& predictions) {
    std::vector<double> out;
    for (const json::Value one : reader_.parse(predictions)->items()) {
      out.push_back(*one.find("score")->number());
    }
    return out;
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
  json::Reader reader_;
};

constexpr const char* kPredictions =
    R"([{"score":0.5,"label":"toxic"},{"score":0.25,"label":"severe_toxic"},)"
    R"({"score":0.125,"label":"obscene"},{"score":0.0625,"label":"threat"},)"
    R"({"score":0.03125,"label":"insult"},{"score":0.015625,"label":"identity_hate"}])";

TEST_F(Tei, ATextGetsItsLabelsHighestFirst) {
  EXPECT_EQ(predict(R"({"inputs":"p=0.5"})"), kPredictions);
  EXPECT_EQ(predict(R"({"inputs":["p=0.5"]})"), kPredictions) << "one sequence";
}

TEST_F(Tei, ABatchIsAListOfLists) {
  EXPECT_EQ(predict(R"({"inputs":[["p=0.5"],["p=0.5"]]})"),
            "[" + std::string(kPredictions) + "," + kPredictions + "]");
  EXPECT_EQ(predict(R"({"inputs":[["p=0.5"]],"truncate":true})"),
            "[" + std::string(kPredictions) + "]");
}

TEST_F(Tei, APairIsRefused) {
  EXPECT_EQ(error_of("/predict", R"({"inputs":["a","b"]})"), "422 validation");
  EXPECT_NE(predict(R"({"inputs":["a","b"]})").find("pair"), std::string::npos);
  EXPECT_EQ(error_of("/predict", R"({"inputs":[["a"],["a","b"]]})"), "422 validation");
}

TEST_F(Tei, RawScoresAreTheLogitsOfTheProbabilities) {
  const auto logits = scores(predict(R"({"inputs":"p=0.8","raw_scores":true})"));
  ASSERT_EQ(logits.size(), 6U);
  for (std::size_t i = 0; i < logits.size(); ++i) {
    EXPECT_NEAR(1 / (1 + std::exp(-logits[i])), std::ldexp(0.8, -static_cast<int>(i)), 1e-6);
  }
}

TEST_F(Tei, OtherFormsAreRefused) {
  for (const char* body :
       {"{}", R"({"inputs":null})", R"({"inputs":5})", R"({"inputs":["a","b","c"]})",
        R"({"inputs":[["a"],"b"]})", R"({"inputs":[[]]})", R"({"inputs":[[5]]})",
        R"({"inputs":"a","raw_scores":1})", R"({"inputs":"a","truncate":"yes"})",
        R"({"inputs":"a","truncation_direction":"Up"})"}) {
    EXPECT_EQ(error_of("/predict", body), "422 validation") << body;
  }
  EXPECT_EQ(error_of("/predict", "{"), "400 validation");
  EXPECT_EQ(error_of("/predict", R"({"inputs":""})"), "400 empty");
  EXPECT_EQ(error_of("/predict", R"({"inputs":[]})"), "400 empty");
  EXPECT_EQ(error_of("/predict", R"({"inputs":[["a"],[""]]})"), "400 empty");
}

TEST_F(Tei, BatchesAreBounded) {
  std::string batch = R"({"inputs":[["a"])";
  for (int i = 1; i < 33; ++i) batch += R"(,["a"])";
  EXPECT_EQ(error_of("/predict", batch + "]}"), "422 validation");
  EXPECT_NE(predict(batch + "]}").find("batch size 33 > maximum allowed batch size 32"),
            std::string::npos);
}

TEST_F(Tei, LongTextsAreRefusedUnlessTheyMayBeCut) {
  const std::string filler(20480, ' ');
  const std::string body = R"({"inputs":"p=0.5)" + filler + R"(p=0.25")";
  EXPECT_EQ(error_of("/predict", body + "}"), "422 validation");
  EXPECT_EQ(scores(predict(body + R"(,"truncate":true})")).front(), 0.5);
  EXPECT_EQ(scores(predict(body + R"(,"truncate":true,"truncation_direction":"Left"})")).front(),
            0.25);
}

TEST_F(Tei, HuggingFacesAnswersAreWrapped) {
  const std::string wrapped = "[" + std::string(kPredictions) + "]";
  EXPECT_EQ(post("/", R"({"inputs":"p=0.5"})").body, wrapped);
  EXPECT_EQ(post("/models/unitary/toxic-bert", R"({"inputs":"p=0.5","options":{}})").body, wrapped);
  EXPECT_EQ(post("/", R"({"inputs":["p=0.5","p=0.5"]})").body,
            "[" + std::string(kPredictions) + "," + kPredictions + "]");
}

TEST_F(Tei, TheTaskTakesItsParameters) {
  EXPECT_EQ(post("/", R"({"inputs":"p=0.5","parameters":{"top_k":1}})").body,
            R"([[{"score":0.5,"label":"toxic"}]])");
  EXPECT_EQ(post("/", R"({"inputs":"p=0.5","parameters":{"top_k":1.0}})").body,
            R"([[{"score":0.5,"label":"toxic"}]])");
  EXPECT_EQ(
      post("/", R"({"inputs":"p=0.5","parameters":{"function_to_apply":"none","top_k":1}})").body,
      R"([[{"score":0.0,"label":"toxic"}]])");
  const std::string softmax =
      post("/", R"({"inputs":"p=0.5","parameters":{"function_to_apply":"softmax"}})").body;
  double sum = 0;
  for (const double score : scores(softmax.substr(1, softmax.size() - 2))) sum += score;
  EXPECT_NEAR(sum, 1, 1e-6);
  EXPECT_EQ(post("/", R"({"inputs":"p=0.5","parameters":null})").status, 200);
}

TEST_F(Tei, TheTasksMistakesAreTold) {
  for (const char* body :
       {"{}", R"({"inputs":5})", R"({"inputs":[5]})", R"({"inputs":"a","parameters":5})",
        R"({"inputs":"a","parameters":{"top_k":0}})", R"({"inputs":"a","parameters":{"top_k":-1}})",
        R"({"inputs":"a","parameters":{"top_k":1001}})",
        R"({"inputs":"a","parameters":{"top_k":1.5}})",
        R"({"inputs":"a","parameters":{"function_to_apply":"tanh"}})"}) {
    EXPECT_EQ(error_of("/", body), "422 validation") << body;
    EXPECT_EQ(error_of("/models/a", body), "422 validation") << body;
  }
}

TEST_F(Tei, ALoopThatCannotKeepUpIsOverloadedToo) {
  const http::Response response =
      render({.status = 503, .code = "overloaded", .message = "later", .retry_after_seconds = 1});
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.body, R"({"error":"later","error_type":"overloaded"})");
  EXPECT_EQ(header_of(response, "Retry-After"), "1");
}

TEST_F(Tei, FailuresHaveTeisStatuses) {
  EXPECT_EQ(error_of("/predict", R"({"inputs":"[refuse]"})"), "422 validation");
  EXPECT_EQ(error_of("/predict", R"({"inputs":"[break]"})"), "424 backend");
  EXPECT_EQ(error_of("/predict", R"({"inputs":"[busy]"})"), "429 overloaded");
  EXPECT_EQ(header_of(post("/predict", R"({"inputs":"[busy]"})"), "Retry-After"), "1");
  service_.protocol_model = "bert";
  EXPECT_EQ(error_of("/predict", R"({"inputs":"a"})"), "503 unhealthy");
  EXPECT_EQ(header_of(post("/predict", R"({"inputs":"a"})"), "Retry-After"), "30");
}

TEST_F(Tei, InfoNamesTheModelAndItsLabels) {
  const auto response = run(table_, {.path = "/info"});
  EXPECT_EQ(response->body,
            R"({"model_id":"test-model","model_sha":")" + std::string(64, 'a') +
                R"(","model_type":{"classifier":{"id2label":{"0":"toxic","1":"severe_toxic",)"
                R"("2":"obscene","3":"threat","4":"insult","5":"identity_hate"},"label2id":)"
                R"({"toxic":0,"severe_toxic":1,"obscene":2,"threat":3,"insult":4,)"
                R"("identity_hate":5}}},"max_input_length":20480,"max_client_batch_size":32,)"
                R"("auto_truncate":false,"version":"9.9.9","sha":null,"docker_label":null})");
}

TEST_F(Tei, RefusalsBeforeTheHandlerHaveItsShapeOnEveryPath) {
  const http::Router router(&table_);
  const http::Failure failure{.status = 429, .code = "rate_limited", .message = "later"};
  const auto refusal = [&](http::Method method, std::string_view path) {
    return (*router.match(method, path, http::Door::kPublic).renderer)(failure).body;
  };
  constexpr const char* kTheirs = R"({"error":"later","error_type":"overloaded"})";
  EXPECT_EQ(refusal(http::Method::kPost, "/predict"), kTheirs);
  EXPECT_EQ(refusal(http::Method::kPost, "/"), kTheirs);
  EXPECT_EQ(refusal(http::Method::kPost, "/models/some/model"), kTheirs);
  EXPECT_NE(refusal(http::Method::kGet, "/"), kTheirs);
  EXPECT_NE(refusal(http::Method::kGet, "/models/info"), kTheirs);
}

TEST_F(Tei, NativePathsStayNative) {
  EXPECT_NE(run(table_, {.path = "/"})->body.find("Digital Social Score"), std::string::npos);
  EXPECT_NE(run(table_, {.path = "/models/info"})->body.find("default_model"), std::string::npos);
  EXPECT_NE(run(table_, {.path = "/health"})->body.find("status"), std::string::npos);
}

}  // namespace
}  // namespace dss::api::tei
