// Which bodies are read as JSON.
#pragma once

#include <string_view>

namespace dss::api {

/// Whether a Content-Type promises JSON in UTF-8: `application/json` or `application/*+json`, any
/// parameters but a charset other than UTF-8. An absent (empty) header counts as JSON, as FastAPI
/// has it.
[[nodiscard]] bool is_json(std::string_view content_type);

}  // namespace dss::api
