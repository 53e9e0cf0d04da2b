// The id that ties an answer, its log line and its trace together.
#pragma once

#include <array>
#include <string_view>

#include "base/rng.h"

namespace dss::http {

/// Whether a client's X-Request-Id may be used: 1 to 64 characters of [A-Za-z0-9._-].
[[nodiscard]] bool is_request_id(std::string_view text);

using RequestIdBuffer = std::array<char, 16>;

/// A new id of 16 hexadecimal digits in `buffer`, seen by the returned view.
std::string_view new_request_id(base::Rng* rng, RequestIdBuffer* buffer);

}  // namespace dss::http
