#include "api/native/batch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "api/ask.h"
#include "api/failure.h"
#include "api/native/answer.h"
#include "api/native/batch_request.h"
#include "api/native/error.h"
#include "json/writer.h"

namespace dss::api::native {
namespace {

bool is_refused(const Scored& scored) {
  return !scored.outcome && scored.outcome.error().kind == base::ErrorKind::kUnavailable;
}

http::Response answer_all(const Service& service, std::span<const Scored> all,
                          base::SteadyTime begun, const std::vector<std::size_t>& trimmed) {
  const auto refused = std::find_if(all.begin(), all.end(), is_refused);
  if (refused != all.end()) {
    return error_response(failure_of(refused->outcome.error()), *service.clock);
  }
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object().key("results").begin_array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    writer.raw(answer_text(service, all[i], begun, trimmed[i]).body);
  }
  writer.end_array().end_object();
  return response;
}

}  // namespace

void analyze_batch(const Service& service, const http::Request& request,
                   http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  if (auto refusal = refuse_body(service, request)) return responder.send(std::move(*refusal));
  auto model = model_in_query(service, request);
  if (!model) return responder.send(std::move(model.error()));
  const auto wanted = parse_batch_request(request.body, *model, &json::thread_reader());
  if (!wanted) {
    return responder.send(issues_response("validation_error", wanted.error(), *service.clock));
  }
  std::vector<Question> questions;
  std::vector<std::size_t> trimmed;
  for (const TrimmedText& text : wanted->texts) {
    questions.push_back({.text = text.text,
                         .model = kept_model(service, wanted->model),
                         .explain = wanted->explain});
    trimmed.push_back(text.trimmed_in_front);
  }
  ask_all(
      service, {request, begun, service.clock->steady()}, questions,
      [&service, begun, kept = std::move(trimmed)](std::span<const Scored> all) {
        return answer_all(service, all, begun, kept);
      },
      std::move(responder));
}

}  // namespace dss::api::native
