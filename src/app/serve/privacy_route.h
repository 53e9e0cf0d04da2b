// `GET /privacy`.
#pragma once

#include "app/serve_settings.h"
#include "http/route.h"

namespace dss::app {

/// The record of processing of these settings: Markdown where `?format=markdown` or else Accept
/// prefers it, else JSON; French where `?language=` or else Accept-Language prefers it, else
/// English. Made once; `settings` may go afterwards.
[[nodiscard]] http::Route privacy_route(const ServeSettings& settings);

}  // namespace dss::app
