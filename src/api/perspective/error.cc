#include "api/perspective/error.h"

#include <utility>

#include "api/failure.h"
#include "api/perspective/media.h"
#include "json/writer.h"

namespace dss::api::perspective {
namespace {

// google.rpc.Code by HTTP status, as google/rpc/code.proto maps them.
std::string_view code_name(int status) {
  switch (status) {
    case 401:
      return "UNAUTHENTICATED";
    case 403:
      return "PERMISSION_DENIED";
    case 404:
      return "NOT_FOUND";
    case 429:
      return "RESOURCE_EXHAUSTED";
    case 501:
      return "UNIMPLEMENTED";
    case 503:
      return "UNAVAILABLE";
    case 504:
      return "DEADLINE_EXCEEDED";
    default:
      return status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void write_language_fault(const Refusal& refusal, json::Writer* writer) {
  writer->key("languageNotSupportedByAttributeError").begin_object();
  writer->key(refusal.languages_detected ? std::string_view("detectedLanguages")
                                         : std::string_view("requestedLanguages"));
  writer->begin_array();
  for (const std::string& language : refusal.languages) writer->string(language);
  writer->end_array();
  writer->key("attribute").string(refusal.attribute);
  writer->end_object();
}

void write_error(const Refusal& refusal, json::Writer* writer) {
  writer->begin_object();
  writer->key("@type").string("type.googleapis.com/google.commentanalyzer.v1alpha1.Error");
  writer->key("errorType").string(refusal.type);
  if (refusal.type == kLanguageNotSupported) write_language_fault(refusal, writer);
  writer->end_object();
}

void write_error_info(std::string_view reason, json::Writer* writer) {
  writer->begin_object();
  writer->key("@type").string("type.googleapis.com/google.rpc.ErrorInfo");
  writer->key("reason").string(reason);
  writer->key("domain").string("googleapis.com");
  writer->key("metadata").begin_object();
  writer->key("service").string("commentanalyzer.googleapis.com");
  writer->end_object().end_object();
}

void write_details(const Refusal& refusal, json::Writer* writer) {
  if (refusal.type.empty() && refusal.reason.empty()) return;
  writer->key("details").begin_array();
  if (!refusal.type.empty()) write_error(refusal, writer);
  if (!refusal.reason.empty()) write_error_info(refusal.reason, writer);
  writer->end_array();
}

// What Google's front end said of keys and quotas, which clients show to people: it had no 401 for
// keys.
Refusal refusal_of_front_door(const http::Failure& failure) {
  Refusal refusal{.status = failure.status,
                  .message = failure.message,
                  .type = {},
                  .retry_after_seconds = failure.retry_after_seconds};
  if (failure.status == 401 && failure.no_credential) {
    refusal.status = 403;
    refusal.message =
        "Method doesn't allow unregistered callers (callers without established identity). Please "
        "use API Key or other form of API consumer identity to call this API.";
  } else if (failure.status == 401) {
    refusal.status = 400;
    refusal.message = "API key not valid. Please pass a valid API key.";
    refusal.reason = "API_KEY_INVALID";
  } else if (failure.status == 429) {
    refusal.message =
        "Quota exceeded for quota metric 'Analysis requests (AnalyzeComment)': " + failure.message;
    refusal.reason = "RATE_LIMIT_EXCEEDED";
  }
  return refusal;
}

}  // namespace

Refusal refused(std::string_view type, std::string message) {
  return {.message = std::move(message), .type = type};
}

Refusal language_refused(std::string_view attribute, std::vector<std::string> languages,
                         bool detected) {
  Refusal refusal = refused(kLanguageNotSupported,
                            "Attribute " + std::string(attribute) +
                                " does not support request languages: " + joined(languages));
  refusal.attribute = attribute;
  refusal.languages = std::move(languages);
  refusal.languages_detected = detected;
  return refusal;
}

Refusal refusal_of(const base::Error& error) {
  const http::Failure failure = failure_of(error);
  // Google has no 422: what is wrong with a request is 400.
  const bool about_request = failure.status == 422;
  return {.status = about_request ? 400 : failure.status,
          .message = failure.message,
          .type = about_request ? kInvalidRequest : std::string_view(),
          .retry_after_seconds = failure.retry_after_seconds};
}

http::Response error_response(const Refusal& refusal) {
  http::Response response;
  response.status = refusal.status;
  response.content_type = kJson;
  if (refusal.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(refusal.retry_after_seconds));
  }
  json::Writer writer(&response.body);
  writer.begin_object().key("error").begin_object();
  writer.key("code").integer(refusal.status);
  writer.key("message").string(refusal.message);
  writer.key("status").string(code_name(refusal.status));
  write_details(refusal, &writer);
  writer.end_object().end_object();
  return response;
}

http::Response compressed_response() {
  http::Response response = error_response(
      {.status = 415, .message = "The body must not be compressed (Content-Encoding)", .type = {}});
  response.headers.emplace_back("Accept-Encoding", "identity");
  return response;
}

http::ErrorRenderer error_renderer() {
  return
      [](const http::Failure& failure) { return error_response(refusal_of_front_door(failure)); };
}

}  // namespace dss::api::perspective
