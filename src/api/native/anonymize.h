// `POST /anonymize`: a text without the personal data that was found in it.
#pragma once

#include <string_view>

#include "api/service.h"
#include "http/message.h"
#include "json/writer.h"
#include "personal/entity.h"

namespace dss::api::native {

/// 200 with `{"text", "entities", "offsets"}`; 409 where `hash` is asked for and the operator gave
/// no key. No value that was found stands in any answer.
[[nodiscard]] http::Response anonymize(const Service& service, const http::Request& request);

/// Writes `[{"kind","begin","end"}]` in code points of `text`. REQUIRES: entities of `text` in its
/// order.
void write_entities(std::string_view text, const personal::Entities& entities,
                    json::Writer* writer);

}  // namespace dss::api::native
