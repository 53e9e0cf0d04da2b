// How every protocol gets its texts scored: the models are asked, metrics are told, and the
// protocol makes one response of all results.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "api/judge.h"
#include "api/service.h"
#include "base/unique_function.h"
#include "http/route.h"

namespace dss::api {

/// A text and what is to be known of it.
struct Question {
  std::string_view text;   ///< valid UTF-8
  std::string_view model;  ///< a literal, or kept by the service
  bool explain = false;
  /// Another question of the request is about the same text: this one is left out of statistics and
  /// metrics, which count texts.
  bool again = false;
};

/// Makes the response to one text. Called once, on any thread.
using ReplyToOne = base::UniqueFunction<http::Response(const Scored&)>;
/// The same to several, in the order of the questions.
using ReplyToAll = base::UniqueFunction<http::Response(std::span<const Scored>)>;

/// Scores one text and sends the reply. `simple` answers on the calling thread, encoders on their
/// workers, and what is too long to be read here begins on Service::run_aside; the client's
/// deadline (X-Request-Deadline-Ms) and its hanging up count there. Statistics and observer are
/// told before the reply is made. Thread-safe. REQUIRES: `service` outlives the answer, and the
/// request lives until then; the question's text need not outlive the call.
void ask(const Service& service, const Asker& asker, const Question& question, ReplyToOne reply,
         http::Responder responder);

/// The same for several texts, of which there may be none: all are answered before the reply is
/// made.
void ask_all(const Service& service, const Asker& asker, std::span<const Question> questions,
             ReplyToAll reply, http::Responder responder);

/// Which http::Annotation::model stands for the model of that name; 0: none.
[[nodiscard]] std::uint8_t annotation_of(const Service& service, std::string_view model);

}  // namespace dss::api
