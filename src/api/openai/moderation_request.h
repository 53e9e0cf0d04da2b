// The body of `POST /v1/moderations`, checked.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "api/openai/error.h"
#include "base/result.h"
#include "json/value.h"

namespace dss::api::openai {

/// Limits of this server; the service that it stands for documents none.
inline constexpr std::size_t kMostTexts = 128;
inline constexpr std::size_t kMostCharacters = 20480;  ///< code points of one text
inline constexpr std::size_t kMostModelBytes = 256;
inline constexpr std::size_t kMostBodyBytes = std::size_t{512} << 10;

/// Echoed when a request names no model.
inline constexpr std::string_view kDefaultModel = "omni-moderation-latest";

struct ModerationRequest {
  std::string model;  ///< as the request names it; it chooses nothing here
  std::vector<std::string> texts;
};

/// Reads `{"input", "model"?}`; other members are ignored. `input` is a string, an array of strings
/// (a text each), or an array of parts {"type": "text", "text"}, which make one text, joined by
/// line breaks. Parts of the type `image_url` are refused: `too_many_images` for two and more, as
/// OpenAI does, `unsupported_input_type` for one, which nothing here can score.
[[nodiscard]] tl::expected<ModerationRequest, Error> read_moderation_request(
    const json::Value& body);

}  // namespace dss::api::openai
