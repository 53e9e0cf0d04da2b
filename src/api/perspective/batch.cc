#include "api/perspective/batch.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/gate.h"
#include "api/perspective/analysis.h"
#include "api/perspective/calls.h"
#include "api/perspective/multipart.h"
#include "http/status.h"
#include "json/reader.h"

namespace dss::api::perspective {
namespace {

// No JSON that we write holds a line end, so no answer can hold a boundary line.
constexpr std::string_view kBoundary = "batch_of_dss";
constexpr std::string_view kContentType = "multipart/mixed; boundary=batch_of_dss";
constexpr std::size_t kLongestId = 512;

// What becomes of one part: an answer, or an analysis that makes it.
struct Entry {
  std::string id;  ///< as in the request; empty: it has none
  std::optional<Analysis> analysis{};
  http::Response response{};
  std::size_t questions = 0;
};

// `POST TARGET HTTP/1.1`: the path, without the host of an absolute target and without a query.
std::string_view path_of_post(std::string_view request_line) {
  constexpr std::string_view kMethod = "POST ";
  if (!request_line.starts_with(kMethod)) return {};
  std::string_view target = request_line.substr(kMethod.size());
  target = target.substr(0, target.find_first_of(" ?\r\n"));
  const std::size_t scheme = target.find("://");
  if (scheme == target.npos) return target;
  return target.substr(std::min(target.find('/', scheme + 3), target.size()));
}

std::string printable_id(std::string id) {
  const auto bad = [](char c) { return c < ' ' || c > '~'; };
  if (id.size() > kLongestId || std::any_of(id.begin(), id.end(), bad)) id.clear();
  return id;
}

Entry read_part(const Context& context, const http::Caller& caller, const Part& part) {
  Entry entry{.id = printable_id(header_value(part.headers, "content-id"))};
  const Part inner = split_headers(part.content);
  const std::string_view path = path_of_post(inner.headers);
  const std::string encoding = header_value(inner.headers, "content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    entry.response = compressed_response();
    return entry;
  }
  if (path == kAnalyzePath) {
    auto analysis = plan_analysis(context, inner.content);
    if (analysis) {
      entry.analysis.emplace(std::move(*analysis));
    } else {
      entry.response = error_response(analysis.error());
    }
  } else if (path == kSuggestPath && !may(caller, auth::Role::kFeedback)) {
    entry.response = error_response(
        {.status = 403, .message = "The API key lacks the role 'feedback'.", .type = {}});
  } else if (path == kSuggestPath) {
    entry.response = suggest_score(context, caller, inner.content);
  } else {
    entry.response = error_response({.status = 404, .message = "Method not found.", .type = {}});
  }
  return entry;
}

void write_part(const Entry& entry, const http::Response& response, std::string* out) {
  *out += "--" + std::string(kBoundary) + "\r\nContent-Type: application/http\r\n";
  if (!entry.id.empty()) {
    const bool angle = entry.id.starts_with('<');
    *out += "Content-ID: ";
    *out += angle ? "<response-" + entry.id.substr(1) : "response-" + entry.id;
    *out += "\r\n";
  }
  *out += "\r\nHTTP/1.1 " + std::to_string(response.status) + " ";
  *out += http::reason_phrase(response.status);
  *out += "\r\nContent-Type: " + std::string(response.content_type) + "\r\n";
  for (const auto& [name, value] : response.headers) {
    *out += std::string(name) + ": " + value + "\r\n";
  }
  *out += "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n";
  *out += response.body + "\r\n";
}

http::Response answer(const std::vector<Entry>& entries, std::span<const Scored> scored) {
  http::Response response;
  response.content_type = kContentType;
  for (const Entry& entry : entries) {
    if (entry.analysis) {
      write_part(entry, entry.analysis->answer(scored.first(entry.questions)), &response.body);
    } else {
      write_part(entry, entry.response, &response.body);
    }
    scored = scored.subspan(entry.questions);
  }
  response.body += "--" + std::string(kBoundary) + "--\r\n";
  return response;
}

base::Result<std::vector<Part>> parts_of(const http::Request& request) {
  const auto boundary = boundary_of(request.header("content-type"));
  if (!boundary) return base::fail(boundary.error());
  return split_parts(request.body, *boundary, kMostBatchParts);
}

}  // namespace

void batch(const std::shared_ptr<const Context>& context, const http::Request& request,
           http::Responder responder) {
  const Service& service = context->service;
  const base::SteadyTime begun = service.clock->steady();
  const auto parts = parts_of(request);
  if (!parts) return responder.send(error_response(refusal_of(parts.error())));
  auto entries = std::make_shared<std::vector<Entry>>();
  entries->reserve(parts->size());
  for (const Part& part : *parts) {
    entries->push_back(read_part(*context, request.caller, part));
  }
  std::vector<Question> questions;
  for (Entry& entry : *entries) {
    if (!entry.analysis) continue;
    const auto own = entry.analysis->questions();
    entry.questions = own.size();
    questions.insert(questions.end(), own.begin(), own.end());
  }
  ask_all(
      service, {request, begun, service.clock->steady()}, questions,
      [context, entries](std::span<const Scored> scored) { return answer(*entries, scored); },
      std::move(responder));
}

}  // namespace dss::api::perspective
