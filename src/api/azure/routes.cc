#include "api/azure/routes.h"

#include <utility>

#include "api/ask.h"
#include "api/azure/analysis.h"
#include "api/azure/blocklists.h"
#include "api/json_body.h"
#include "api/long_body.h"

namespace dss::api::azure {
namespace {

http::Response answer(const AnalyzeRequest& wanted, const std::vector<blocklist::Match>& matches,
                      const std::vector<JudgedLabel>& labels) {
  http::Response response;
  response.body = write_analysis(wanted, matches, labels);
  return response;
}

void analyze(const Service& service, const blocklist::Store& lists, const http::Request& request,
             http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  if (auto refused = missing_version(request)) return responder.send(std::move(*refused));
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  auto wanted = read_analyze_request(*body);
  if (!wanted) return responder.send(error_response(wanted.error()));
  auto matcher = lists.matcher();
  auto matches = matches_of(*wanted, *matcher);
  if (!matches) return responder.send(error_response(matches.error()));
  if (wanted->halt_on_hit && !matches->empty())
    return responder.send(answer(*wanted, *matches, {}));
  const std::string text = wanted->text;
  ask(
      service, {request, begun, service.clock->steady()},
      {.text = text, .model = service.protocol_model},
      [&service, form = std::move(*wanted), found = std::move(*matches),
       kept = std::move(matcher)](const Scored& scored) {
        if (!scored.outcome) return refusal(scored.outcome.error());
        return answer(form, found, judged_labels(*scored.outcome, service.thresholds));
      },
      std::move(responder));
}

}  // namespace

void add_routes(const Service& service, blocklist::Store* lists, std::string_view scheme,
                http::RouteTable* table) {
  table->renderers.emplace_back("/contentsafety/", render);
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/contentsafety/text:analyze";
  route.max_body = kMostBodyBytes;
  route.handler = off_the_loop_when_long(
      service,
      [&service, lists](const http::Request& request, http::Responder responder) {
        analyze(service, *lists, request, std::move(responder));
      },
      refusal);
  table->routes.push_back(std::move(route));
  add_blocklist_routes(service, lists, scheme, table);
}

}  // namespace dss::api::azure
