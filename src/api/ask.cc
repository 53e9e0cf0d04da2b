#include "api/ask.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "api/deadline.h"
#include "api/observer.h"

namespace dss::api {
namespace {

// Answers within the time that an event loop may take, up to so many bytes in one request.
constexpr std::string_view kInlineModel = "simple";
constexpr std::size_t kInlineBytes = 12288;

Refusal refusal_of(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::kInvalidArgument:
    case base::ErrorKind::kUnsupportedLanguage:
    case base::ErrorKind::kTooLarge:
      return Refusal::kValidation;
    case base::ErrorKind::kUnavailable:
    case base::ErrorKind::kUnknownModel:
    case base::ErrorKind::kCorrupt:
      return Refusal::kModel;
    default:
      return Refusal::kServer;
  }
}

void tell_refused(const Service& service, const Asker& asker, const Scored& scored) {
  const Refusal refusal = refusal_of(scored.outcome.error());
  service.stats->refused(refusal);
  if (service.observer == nullptr) return;
  service.observer->refused(scored.model, refusal, asker.request);
}

void tell_scored(const Service& service, const Asker& asker, const Scored& scored) {
  service.stats->scored(scored.verdict);
  if (service.observer == nullptr) return;
  const base::SteadyTime done = service.clock->steady();
  service.observer->analysed({.model = scored.model,
                              .outcome = *scored.outcome,
                              .verdict = scored.verdict,
                              .parse_seconds = base::seconds_between(asker.begun, asker.parsed),
                              .processing_seconds = base::seconds_between(asker.begun, done),
                              .request = asker.request});
}

Scored judge(const Service& service, const Asker& asker, std::string_view model,
             base::Result<scoring::Outcome> outcome) {
  Scored scored{.model = model, .outcome = std::move(outcome), .verdict = {}};
  if (scored.outcome) {
    if (scored.outcome->degraded) scored.model = kInlineModel;
    if (const auto verdict = verdict_of(*scored.outcome)) {
      scored.verdict = *verdict;
    } else {
      scored.outcome =
          base::fail(base::ErrorKind::kCorrupt, "the model's answer is not a probability");
    }
  }
  scored.outcome ? tell_scored(service, asker, scored) : tell_refused(service, asker, scored);
  return scored;
}

Scored score_here(const Service& service, const Asker& asker, const Question& question) {
  const scoring::Options options{.model = question.model, .explain = question.explain};
  return judge(service, asker, question.model, service.backend.score(question.text, options));
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
          std::size_t questions)
      : service(known),
        asker(from),
        reply(std::move(make)),
        responder(std::move(answer_by)),
        missing(questions),
        results(questions, Scored{{}, base::fail(no_room()), {}}) {}

  const Service& service;
  const Asker asker;
  ReplyToAll reply;
  http::Responder responder;
  std::atomic<std::size_t> missing;
  std::vector<Scored> results;

  void take(std::size_t place, Scored scored) {
    results[place] = std::move(scored);
    if (missing.fetch_sub(1) == 1) send();
  }
  void send() {
    http::Response response = reply(results);
    if (!results.empty()) {
      response.annotation.model = annotation_of(service, results.front().model);
    }
    responder.send(std::move(response));
  }
};

void ask_encoder(const std::shared_ptr<Waiting>& waiting, std::size_t place,
                 const Question& question) {
  Later later{.gone = [waiting] { return waiting->responder.client_gone(); },
              .done =
                  [waiting, place, model = question.model](base::Result<scoring::Outcome> outcome) {
                    waiting->take(
                        place, judge(waiting->service, waiting->asker, model, std::move(outcome)));
                  }};
  const scoring::Options options{
      .model = question.model,
      .explain = question.explain,
      .deadline = deadline_of(waiting->asker.request, waiting->asker.begun)};
  if (waiting->service.backend.score_later(question.text, options, &later)) return;
  waiting->take(place, score_here(waiting->service, waiting->asker, question));
}

void ask_one(const std::shared_ptr<Waiting>& waiting, std::size_t place, const Question& question) {
  if (is_encoder(waiting->service, question)) return ask_encoder(waiting, place, question);
  waiting->take(place, score_here(waiting->service, waiting->asker, question));
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
  std::vector<One> texts;

  void operator()() {
    for (const One& one : texts) {
      ask_one(waiting, one.place, {one.text, one.model, one.explain});
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
    waiting->take(place, judge(waiting->service, waiting->asker, model, base::fail(no_room())));
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
    const Scored scored = score_here(service, asker, question);
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
  const auto waiting = std::make_shared<Waiting>(service, asker, std::move(reply),
                                                 std::move(responder), questions.size());
  if (questions.empty()) return waiting->send();
  const bool aside = service.run_aside != nullptr && all_bytes(questions) > kInlineBytes;
  Aside long_work{waiting, {}};
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& question = questions[i];
    if (aside) {
      long_work.texts.push_back({i, std::string(question.text), question.model, question.explain});
    } else {
      ask_one(waiting, i, question);
    }
  }
  if (!long_work.texts.empty()) score_aside(waiting, std::move(long_work));
}

}  // namespace dss::api
