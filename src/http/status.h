// HTTP status codes: their reason phrases and the failures that the server itself answers.
#pragma once

#include <string_view>

#include "http/route.h"

namespace dss::http {

/// `OK` for 200 …; `Status` for a code that this server does not know.
[[nodiscard]] std::string_view reason_phrase(int status);

/// A failure that the HTTP layer itself found, with the usual machine-readable code for its status.
[[nodiscard]] Failure protocol_failure(int status, std::string_view message);

}  // namespace dss::http
