#include "api/perspective/routes.h"

#include <gtest/gtest.h>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/perspective/error.h"

namespace dss::api::perspective {
namespace {

// Asks the deterministic backend: `simple` is the protocol's model, its first label `toxic` is what
// the text says as `p=`, and each further one is half of the one before.
class PerspectiveRoutes : public testing::Test {
 protected:
  PerspectiveRoutes() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    set({});
  }

  void set(Settings settings) {
    table_ = {};
    table_.renderers.emplace_back("", error_renderer());
    add_routes(service_, std::move(settings), &table_);
  }

  http::Response post(const std::string& path, const std::string& body) {
    auto response = run(table_, {.method = http::Method::kPost, .path = path, .body = body});
    EXPECT_TRUE(response.has_value());
    return response.value_or(http::Response{.status = 0});
  }
  http::Response analyze(const std::string& body) {
    return post("/v1alpha1/comments:analyze?key=abc&alt=json", body);
  }
  // The answer to a comment with these attributes; `more` are further members.
  http::Response ask(const std::string& text, const std::string& attributes,
                     const std::string& more = R"("languages":["en"])") {
    return analyze(R"({"comment":{"text":")" + text + R"("},"requestedAttributes":)" + attributes +
                   (more.empty() ? "" : "," + more) + "}");
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
};

TEST_F(PerspectiveRoutes, ACommentIsCountedOnceWhateverIsAskedOfIt) {
  ask("p=0.75. And p=0.25! Or p=0.5.", R"({"TOXICITY":{}})", R"("spanAnnotations":true)");
  EXPECT_EQ(stats_.snapshot().scored, 1U);
  EXPECT_EQ(stats_.snapshot().score_sum, 75U);
  service_.backend.score = [](std::string_view text, const scoring::Options&) {
    return deterministic_score(text, {.model = "simple"});
  };
  service_.protocol_model = "bert";
  const auto response = ask("p=0.75", R"({"TOXICITY":{},"TOXICITY_FAST":{}})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(stats_.snapshot().scored, 2U);
}

TEST_F(PerspectiveRoutes, AnswersTheUsualRequest) {
  const auto response = ask("p=0.75", R"({"TOXICITY":{}})", R"("clientToken":"t1")");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json; charset=UTF-8");
  EXPECT_EQ(response.body,
            R"({"attributeScores":{"TOXICITY":{"spanScores":[{"begin":0,"end":6,"score":)"
            R"({"value":0.75,"type":"PROBABILITY"}}],"summaryScore":)"
            R"({"value":0.75,"type":"PROBABILITY"}}},"languages":["en"],)"
            R"("detectedLanguages":["en"],"clientToken":"t1"})");
}

TEST_F(PerspectiveRoutes, KnowsEveryModelledAttribute) {
  const std::pair<const char*, const char*> expected[] = {
      {"TOXICITY", "0.5"},
      {"SEVERE_TOXICITY", "0.25"},
      {"OBSCENE", "0.125"},
      {"PROFANITY", "0.125"},
      {"THREAT", "0.0625"},
      {"INSULT", "0.03125"},
      {"IDENTITY_ATTACK", "0.015625"},
      {"TOXICITY_EXPERIMENTAL", "0.5"},
      {"TOXICITY_FAST", "0.5"},
      {"IDENTITY_ATTACK_EXPERIMENTAL", "0.015625"}};
  for (const auto& [name, value] : expected) {
    const auto response = ask("p=0.5", "{\"" + std::string(name) + "\":{}}");
    EXPECT_NE(response.body.find(R"("summaryScore":{"value":)" + std::string(value) + ","),
              std::string::npos)
        << name << ": " << response.body;
  }
}

TEST_F(PerspectiveRoutes, ReadsTheOfficialExampleAndSnakeCase) {
  EXPECT_EQ(analyze(R"({comment: {text: "what kind of idiot name is foo?"},
      languages: ["en"], requestedAttributes: {TOXICITY:{}} })")
                .status,
            200);
  const auto response =
      analyze(R"({"comment":{"text":"p=0.5"},"requested_attributes":{"TOXICITY":)"
              R"({"score_type":"PROBABILITY","score_threshold":0.2}},"client_token":"s"})");
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.body.find(R"("clientToken":"s")"), std::string::npos);
}

TEST_F(PerspectiveRoutes, LeavesOutWhatIsBelowItsThreshold) {
  const auto some =
      ask("p=0.5", R"({"TOXICITY":{"scoreThreshold":0.5},"INSULT":{"scoreThreshold":0.5}})");
  EXPECT_NE(some.body.find("TOXICITY"), std::string::npos);
  EXPECT_EQ(some.body.find("INSULT"), std::string::npos);
  const auto none = ask("p=0.5", R"({"TOXICITY":{"scoreThreshold":0.51}})");
  EXPECT_EQ(none.body, R"({"languages":["en"],"detectedLanguages":["en"]})");
}

TEST_F(PerspectiveRoutes, SpansAreUtf16) {
  EXPECT_NE(ask("a😀 é", R"({"TOXICITY":{}})").body.find(R"("begin":0,"end":5)"),
            std::string::npos);
}

TEST_F(PerspectiveRoutes, SentencesGetSpansOfTheirOwn) {
  const auto response =
      ask(" 😀 p=0.5. And p=0.25! ", R"({"TOXICITY":{}})", R"("spanAnnotations":true)");
  EXPECT_EQ(response.body, R"({"attributeScores":{"TOXICITY":{"spanScores":[)"
                           R"({"begin":1,"end":10,"score":{"value":0.5,"type":"PROBABILITY"}},)"
                           R"({"begin":11,"end":22,"score":{"value":0.25,"type":"PROBABILITY"}}],)"
                           R"("summaryScore":{"value":0.5,"type":"PROBABILITY"}}},)"
                           R"("languages":["en"],"detectedLanguages":["en"]})");
}

TEST_F(PerspectiveRoutes, LanguagesComeBack) {
  const auto response =
      ask("[foreign] p=0.5", R"({"TOXICITY":{}})", R"("languages":["en-GB","fr"])");
  EXPECT_NE(response.body.find(R"("languages":["en-GB","fr"],"detectedLanguages":["fr"])"),
            std::string::npos)
      << response.body;
}

TEST_F(PerspectiveRoutes, SpamIsDroppedBesideOthers) {
  const auto response = ask("p=0.5", R"({"SPAM":{},"TOXICITY":{}})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body.find("SPAM"), std::string::npos);
  EXPECT_EQ(ask("p=0.5", R"({"SPAM":{}})").status, 400);
  EXPECT_EQ(ask("p=0.5", R"({"SPAM":{},"FLIRTATION":{},"TOXICITY":{}})").status, 400);
}

TEST_F(PerspectiveRoutes, UnsupportedAttributesAreRefusedOrDropped) {
  const auto refused = ask("p=0.5", R"({"TOXICITY":{},"FLIRTATION":{}})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(
      refused.body,
      R"({"error":{"code":400,"message":"Attribute FLIRTATION does not support request )"
      R"(languages: en","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/)"
      R"(google.commentanalyzer.v1alpha1.Error","errorType":"LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",)"
      R"("languageNotSupportedByAttributeError":{"requestedLanguages":["en"],)"
      R"("attribute":"FLIRTATION"}}]}})");
  EXPECT_EQ(
      ask("p=0.5", R"({"TOXICITY":{},"FLIRTATION":{}})", R"("dropUnsupportedAttributes":true)")
          .status,
      200);
  set({.drop_unsupported = true});
  const auto dropped = ask("p=0.5", R"({"FLIRTATION":{}})");
  EXPECT_EQ(dropped.status, 200);
  EXPECT_EQ(dropped.body, R"({"languages":["en"],"detectedLanguages":["en"]})");
}

TEST_F(PerspectiveRoutes, ForeignTextsAreRefusedByTheirDetectedLanguage) {
  const auto response = ask("[foreign] p=0.5", R"({"TOXICITY":{}})", "");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find(R"("detectedLanguages":["fr"],"attribute":"TOXICITY")"),
            std::string::npos);
}

struct Wrong {
  const char* body;
  const char* message;
  const char* type;
};

class PerspectiveErrors : public PerspectiveRoutes, public testing::WithParamInterface<Wrong> {};

TEST_P(PerspectiveErrors, SayWhatIsWrong) {
  const auto response = analyze(GetParam().body);
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("\"message\":\"" + std::string(GetParam().message)),
            std::string::npos)
      << response.body;
  EXPECT_NE(response.body.find("\"errorType\":\"" + std::string(GetParam().type) + "\""),
            std::string::npos)
      << response.body;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, PerspectiveErrors,
    testing::Values(
        Wrong{"", "Comment must be non-empty.", "COMMENT_EMPTY"},
        Wrong{R"({"comment":{"text":" \n"}})", "Comment must be non-empty.", "COMMENT_EMPTY"},
        Wrong{R"({"comment":{"text":"a"}})", "Missing requested_attributes",
              "NO_REQUESTED_ATTRIBUTES"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{}})",
              "Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"X_1":{}}})",
              "Unknown requested attribute: X_1\"", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"my own text":{}}})",
              "Unknown requested attribute\"", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"THREAT":{"scoreType":"RAW"}}})",
              "Requested score type RAW is not supported by attribute THREAT", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a","type":"HTML"}})",
              "Currently, only 'PLAIN_TEXT' comments are supported", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a","type":"PDF"}})", "Unknown text type", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"context":{"entries":[],"articleAndParentComment":{}}})",
              "Context can have either entries or article_and_parent_comment, but both fields were "
              "populated.",
              "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":1},"requestedAttributes":{"THREAT":{}}})",
              "Invalid value at 'comment.text' (TYPE_STRING)", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"THREAT":{"scoreThreshold":"x"}}})",
              "Invalid value at 'requested_attributes.value.score_threshold' (TYPE_FLOAT)",
              "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"THREAT":{}},"languages":"en"})",
              "Invalid value at 'languages' (TYPE_STRING)", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"THREAT":{}},"languages":["e n"]})",
              "Invalid value at 'languages'", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"a"},"requestedAttributes":{"THREAT":{}},"languages":["om"]})",
              "Attribute THREAT does not support request languages: om",
              "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"},
        Wrong{R"({"comment":{"text":"[und]"},"requestedAttributes":{"THREAT":{}}})",
              "Unable to detect language", "LANGUAGE_DETECTION_FAILED"},
        Wrong{"[1]", "Invalid JSON payload received.", "INVALID_REQUEST"},
        Wrong{R"({"comment":)", "Invalid JSON payload received.", "INVALID_REQUEST"},
        Wrong{R"({"comment":{"text":"[refuse]"},"requestedAttributes":{"THREAT":{}}})",
              "the language", "INVALID_REQUEST"}));

TEST_F(PerspectiveRoutes, CommentsHaveALimit) {
  std::string text;
  for (int i = 0; i < 20480; ++i) text += "é";
  EXPECT_EQ(ask(text, R"({"TOXICITY":{}})").status, 200);
  const auto response = ask(text + "!", R"({"TOXICITY":{}})");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find(R"("Comment text too long.","status":"INVALID_ARGUMENT")"),
            std::string::npos);
  EXPECT_NE(response.body.find("COMMENT_TOO_LONG"), std::string::npos);
}

TEST_F(PerspectiveRoutes, FaultsOfTheServerKeepTheirStatus) {
  service_.protocol_model = "bert";
  const auto busy = ask("p=0.5", R"({"TOXICITY":{}})");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(header_of(busy, "Retry-After"), "30");
  EXPECT_NE(busy.body.find(R"("status":"UNAVAILABLE"})"), std::string::npos) << busy.body;
  service_.protocol_model = "simple";
  const auto broken = ask("[break]", R"({"TOXICITY":{}})");
  EXPECT_EQ(broken.status, 500);
  EXPECT_EQ(broken.body.find("secret"), std::string::npos);
}

TEST_F(PerspectiveRoutes, FastToxicityNeedsNoEncoder) {
  service_.protocol_model = "bert";
  EXPECT_EQ(ask("p=0.5", R"({"TOXICITY_FAST":{}})").status, 200);
}

TEST_F(PerspectiveRoutes, CompressedBodiesAreRefused) {
  const auto response = run(table_, {.method = http::Method::kPost,
                                     .path = "/v1alpha1/comments:analyze",
                                     .headers = {{"Content-Encoding", "gzip"}},
                                     .body = "x"});
  EXPECT_EQ(response->status, 415);
}

TEST_F(PerspectiveRoutes, TheDiscoveryDocumentNamesTheServer) {
  for (const char* path :
       {"/$discovery/rest?version=v1alpha1&key=k", "/%24discovery/rest", "/$discovery/rest"}) {
    const auto response = run(table_, {.path = path, .headers = {{"Host", "[::1]:8080"}}});
    ASSERT_TRUE(response.has_value()) << path;
    json::Reader reader;
    const auto document = reader.parse(response->body);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("rootUrl")->string(), "http://[::1]:8080/");
    EXPECT_EQ(document->find("batchPath")->string(), "batch");
  }
  const auto odd = run(table_, {.path = "/$discovery/rest",
                                .headers = {{"Host", "a\"b"}, {"X-Forwarded-Proto", "https"}}});
  EXPECT_NE(odd->body.find(R"("rootUrl": "https://localhost/")"), std::string::npos);
}

class PerspectivePolicies : public PerspectiveRoutes {
 protected:
  PerspectivePolicies() {
    policy::Policy games;
    games.id = "games";
    games.version = "7";
    games.communities = {"arena"};
    games.block.add("forbidden word");
    add(std::move(games));
  }
  void add(policy::Policy policy) {
    EXPECT_TRUE(set_->add(std::move(policy)));
    service_.policies = [set = set_] { return set; };
  }
  std::string judged(const std::string& more) {
    const std::string body = ask("a forbidden word", R"({"TOXICITY":{}})", more).body;
    const std::size_t at = body.find("\"policy\":");
    return at == body.npos ? "none" : body.substr(at);
  }

  const std::shared_ptr<policy::PolicySet> set_ = std::make_shared<policy::PolicySet>();
};

TEST_F(PerspectivePolicies, ACommunityInTheBodyGetsItsPolicysDecision) {
  const std::string decision = R"("policy":{"id":"games","version":"7","action":"block",)"
                               R"("reasons":[{"rule":"block_list","phrase":"forbidden word"}]}})";
  EXPECT_EQ(judged(R"("communityId":"arena")"), decision);
  EXPECT_EQ(judged(R"("community_id":"games")"), decision) << "the policy's own id";
  EXPECT_EQ(judged(R"("communityId":"elsewhere")"), "none");
}

TEST_F(PerspectivePolicies, NoCommunityNoPolicyEvenWhenThereIsADefault) {
  policy::Policy everybodys;
  everybodys.id = "default";
  everybodys.version = "1";
  add(std::move(everybodys));
  EXPECT_EQ(judged(R"("languages":["en"])"), "none") << "the answer is Google's";
  EXPECT_EQ(judged(R"("communityId":"")"), "none");
  EXPECT_NE(judged(R"("communityId":"elsewhere")").find(R"("id":"default")"), std::string::npos);
}

TEST_F(PerspectivePolicies, ACommunityThatIsNoStringIsRefused) {
  const auto response = ask("a", R"({"TOXICITY":{}})", R"("communityId":17)");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("'community_id' (TYPE_STRING)"), std::string::npos) << response.body;
}

TEST_F(PerspectivePolicies, ScoresAreTheSameUnderAPolicy) {
  const std::string plain = ask("p=0.75", R"({"TOXICITY":{}})").body;
  const std::string judged =
      ask("p=0.75", R"({"TOXICITY":{}})", R"("languages":["en"],"communityId":"arena")").body;
  EXPECT_TRUE(judged.starts_with(plain.substr(0, plain.size() - 1))) << judged;
}

}  // namespace
}  // namespace dss::api::perspective
