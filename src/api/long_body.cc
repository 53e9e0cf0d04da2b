#include "api/long_body.h"

#include <memory>
#include <utility>

namespace dss::api {

bool fits_the_loop(const Service& service, std::size_t bytes) {
  if (bytes > kMostInlineBody) return false;
  const auto lists = service.blocklists ? service.blocklists() : nullptr;
  return lists == nullptr || bytes * lists->instructions() <= kMostInlineSteps;
}

http::Handler off_the_loop_when_long(const Service& service, http::Handler handler,
                                     std::function<http::Response(const base::Error&)> refuse) {
  const auto kept = std::make_shared<const http::Handler>(std::move(handler));
  return [&service, kept, refuse = std::move(refuse)](const http::Request& request,
                                                      http::Responder responder) {
    const bool here = service.run_aside == nullptr || fits_the_loop(service, request.body.size());
    if (here) return (*kept)(request, std::move(responder));
    const auto answer_by = std::make_shared<http::Responder>(std::move(responder));
    // The request lives until its answer.
    http::Task task = [kept, &request, answer_by] { (*kept)(request, std::move(*answer_by)); };
    if (service.run_aside(&task)) return;
    answer_by->send(refuse(
        {base::ErrorKind::kUnavailable, "The server is busy with long texts; try again shortly."}));
  };
}

}  // namespace dss::api
