#include "api/native/batch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "api/ask.h"
#include "api/failure.h"
#include "api/native/answer.h"
#include "api/native/batch_request.h"
#include "api/native/error.h"
#include "api/native/json_body.h"
#include "json/writer.h"

namespace dss::api::native {
namespace {

bool is_refused(const Scored& scored) {
  if (scored.outcome) return false;
  const base::ErrorKind kind = scored.outcome.error().kind;
  return kind == base::ErrorKind::kUnavailable || kind == base::ErrorKind::kModelMissing;
}

http::Response answer_all(const Service& service, std::span<const Scored> all,
                          const std::vector<Kept>& kept) {
  const auto refused = std::find_if(all.begin(), all.end(), is_refused);
  if (refused != all.end()) {
    return error_response(failure_of(refused->outcome.error()), *service.clock);
  }
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object().key("results").begin_array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    writer.raw(answer_text(service, all[i], kept[i]).body);
  }
  writer.end_array().end_object();
  return response;
}

}  // namespace

void analyze_batch(const Service& service, const http::Request& request,
                   http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  if (auto refusal = refuse_body_type(request, *service.clock)) {
    return responder.send(std::move(*refusal));
  }
  auto model = model_in_query(service, request);
  if (!model) return responder.send(std::move(model.error()));
  const auto wanted = parse_batch_request(request.body, *model, &json::thread_reader());
  if (!wanted) {
    return responder.send(issues_response("validation_error", wanted.error(), *service.clock));
  }
  const auto policy = chosen_policy(service, request, wanted->community);
  if (!policy) return responder.send(policy.error());
  std::vector<Question> questions;
  std::vector<Kept> kept;
  for (const TrimmedText& text : wanted->texts) {
    questions.push_back({.text = text.text,
                         .model = kept_model(service, wanted->model),
                         .explain = wanted->explain});
    kept.push_back({.begun = begun,
                    .trimmed_in_front = text.trimmed_in_front,
                    .policy = *policy,
                    .lists = listed(service, text.text)});
    if (*policy != nullptr) kept.back().matches = policy::match_lists(**policy, text.text);
  }
  ask_all(
      service, {request, begun, service.clock->steady()}, questions,
      [&service, kept = std::move(kept)](std::span<const Scored> all) {
        return answer_all(service, all, kept);
      },
      std::move(responder));
}

}  // namespace dss::api::native
