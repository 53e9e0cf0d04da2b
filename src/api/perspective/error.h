// Failures in the Perspective API's shape: google.rpc.Status with an error type of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/route.h"

namespace dss::api::perspective {

// Values of `errorType`, which clients match on.
inline constexpr std::string_view kInvalidRequest = "INVALID_REQUEST";
inline constexpr std::string_view kCommentEmpty = "COMMENT_EMPTY";
inline constexpr std::string_view kCommentTooLong = "COMMENT_TOO_LONG";
inline constexpr std::string_view kNoAttributes = "NO_REQUESTED_ATTRIBUTES";
inline constexpr std::string_view kLanguageNotSupported = "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE";
inline constexpr std::string_view kLanguageUnknown = "LANGUAGE_DETECTION_FAILED";

/// Why a request gets no answer.
struct Refusal {
  int status = 400;
  std::string message;
  std::string_view type = kInvalidRequest;  ///< empty: the failure is none of the request's
  int retry_after_seconds = 0;
  /// Of kLanguageNotSupported.
  std::string attribute{};
  std::vector<std::string> languages{};
  bool languages_detected = false;  ///< by us; else the client named them
  /// Of google.rpc.ErrorInfo, e.g. `API_KEY_INVALID`; empty: that detail is absent.
  std::string_view reason{};
};

/// `type` and message of a request that breaks a rule.
[[nodiscard]] Refusal refused(std::string_view type, std::string message);
/// `Attribute X does not support request languages: a, b`
[[nodiscard]] Refusal language_refused(std::string_view attribute,
                                       std::vector<std::string> languages, bool detected);
/// What went wrong while scoring.
[[nodiscard]] Refusal refusal_of(const base::Error& error);

/// Status, Retry-After and the body `{"error": {"code", "message", "status", "details"}}`.
[[nodiscard]] http::Response error_response(const Refusal& refusal);

/// 415: bodies that are compressed are the only ones that cannot be read, whatever their type.
[[nodiscard]] http::Response compressed_response();

/// The same for failures of the router.
[[nodiscard]] http::ErrorRenderer error_renderer();

}  // namespace dss::api::perspective
