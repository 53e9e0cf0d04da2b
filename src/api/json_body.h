// A request's body as JSON, for the protocols that take one object.
#pragma once

#include "http/message.h"
#include "http/route.h"
#include "json/reader.h"

namespace dss::api {

/// The object in the body; a byte order mark in front of it is skipped. It lives as long as a
/// document of `reader`. Failures, in words that hold nothing of the body: 415
/// `unsupported_media_type` (compressed, or not JSON in UTF-8 by its headers), 400 `invalid_json`
/// with the place of the fault, 400 `not_an_object`. REQUIRES: json::kPadding readable bytes behind
/// the body.
[[nodiscard]] tl::expected<json::Value, http::Failure> json_object(const http::Request& request,
                                                                   json::Reader* reader);

}  // namespace dss::api
