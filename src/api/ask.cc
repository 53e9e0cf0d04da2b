#include "api/ask.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "api/deadline.h"
#include "api/encoder_feed.h"

namespace dss::api {
namespace {

// Answers within the time that an event loop may take, up to so many bytes in one request.
constexpr std::string_view kInlineModel = "simple";
constexpr std::size_t kInlineBytes = 12288;

base::Result<scoring::Outcome> score_here(const Service& service, const Question& question) {
  return service.backend.score(question.text,
                               {.model = question.model, .explain = question.explain});
}

bool is_encoder(const Service& service, const Question& question) {
  return question.model != kInlineModel && service.backend.score_later != nullptr;
}

base::Error no_room() {
  return {base::ErrorKind::kUnavailable, "The server is busy with long texts; try again shortly."};
}

// Questions that are answered one after another, on several threads; the last one sends the reply.
struct Waiting {
  Waiting(const Service& known, const Asker& from, ReplyToAll make, http::Responder answer_by,
          std::span<const Question> questions)
      : service(known),
        asker(from),
        reply(std::move(make)),
        responder(std::move(answer_by)),
        missing(questions.size()),
        results(questions.size(), Scored{{}, base::fail(no_room()), {}}) {
    again.reserve(questions.size());
    for (const Question& question : questions) again.push_back(question.again);
  }

  const Service& service;
  const Asker asker;
  ReplyToAll reply;
  http::Responder responder;
  std::atomic<std::size_t> missing;
  std::vector<Scored> results;
  std::vector<bool> again;  // of each question

  void take(std::size_t place, std::string_view model, base::Result<scoring::Outcome> outcome) {
    results[place] = again[place] ? judge_untold(model, std::move(outcome))
                                  : judge(service, asker, model, std::move(outcome));
    if (missing.fetch_sub(1) == 1) send();
  }
  void score(std::size_t place, const Question& question) {
    take(place, question.model, score_here(service, question));
  }
  void send() {
    http::Response response = reply(results);
    if (!results.empty()) {
      response.annotation.model = annotation_of(service, results.front().model);
    }
    responder.send(std::move(response));
  }
};

void ask_one(const std::shared_ptr<Waiting>& waiting, EncoderFeed* feed, std::size_t place,
             const Question& question) {
  if (!is_encoder(waiting->service, question)) return waiting->score(place, question);
  feed->add({place, std::string(question.text), question.model, question.explain});
}

// Texts that another thread reads, with memory of their own.
struct Aside {
  struct One {
    std::size_t place;
    std::string text;
    std::string_view model;
    bool explain;
  };
  std::shared_ptr<Waiting> waiting;
  std::shared_ptr<EncoderFeed> feed;
  std::vector<One> texts;

  void operator()() {
    for (const One& one : texts) {
      ask_one(waiting, feed.get(), one.place, {one.text, one.model, one.explain});
    }
  }
};

void score_aside(const std::shared_ptr<Waiting>& waiting, Aside aside) {
  const std::vector<Aside::One>& texts = aside.texts;
  std::vector<std::pair<std::size_t, std::string_view>> places;
  places.reserve(texts.size());
  for (const Aside::One& one : texts) places.emplace_back(one.place, one.model);
  http::Task task = std::move(aside);
  if (waiting->service.run_aside(&task)) return;
  for (const auto& [place, model] : places) {
    waiting->take(place, model, base::fail(no_room()));
  }
}

// Encoders take their tokens from the thread that asks, so that their texts count too.
std::size_t all_bytes(std::span<const Question> questions) {
  std::size_t bytes = 0;
  for (const Question& question : questions) bytes += question.text.size();
  return bytes;
}

}  // namespace

std::uint8_t annotation_of(const Service& service, std::string_view model) {
  const auto& types = service.model_types;
  const auto found = std::find(types.begin(), types.end(), model);
  return found == types.end() ? 0 : static_cast<std::uint8_t>(1 + (found - types.begin()));
}

void ask(const Service& service, const Asker& asker, const Question& question, ReplyToOne reply,
         http::Responder responder) {
  const bool here = !is_encoder(service, question) &&
                    (question.text.size() <= kInlineBytes || service.run_aside == nullptr);
  if (here) {
    const Scored scored = judge(service, asker, question.model, score_here(service, question));
    http::Response response = reply(scored);
    response.annotation.model = annotation_of(service, scored.model);
    return responder.send(std::move(response));
  }
  ask_all(
      service, asker, {&question, 1},
      [one = std::move(reply)](std::span<const Scored> all) mutable { return one(all.front()); },
      std::move(responder));
}

void ask_all(const Service& service, const Asker& asker, std::span<const Question> questions,
             ReplyToAll reply, http::Responder responder) {
  const auto waiting =
      std::make_shared<Waiting>(service, asker, std::move(reply), std::move(responder), questions);
  if (questions.empty()) return waiting->send();
  const bool aside = service.run_aside != nullptr && all_bytes(questions) > kInlineBytes;
  const auto feed = std::make_shared<EncoderFeed>(
      service.backend, deadline_of(asker.request, asker.begun), EncoderFeed::WhenFull::kFail,
      EncoderFeed::Calls{
          .gone = [waiting] { return waiting->responder.client_gone(); },
          .done =
              [waiting](const EncoderFeed::Text& text, base::Result<scoring::Outcome> outcome) {
                waiting->take(text.place, text.model, std::move(outcome));
              },
          .account = account_of(asker.request.caller)});
  Aside long_work{waiting, feed, {}};
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& question = questions[i];
    if (aside) {
      long_work.texts.push_back({i, std::string(question.text), question.model, question.explain});
    } else {
      ask_one(waiting, feed.get(), i, question);
    }
  }
  if (!long_work.texts.empty()) score_aside(waiting, std::move(long_work));
}

}  // namespace dss::api
