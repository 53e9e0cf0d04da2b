#include "api/openai/moderation_request.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace dss::api::openai {
namespace {

using Texts = std::vector<std::string>;

tl::unexpected<Error> refuse(std::string_view param, std::string_view code, std::string message) {
  return tl::unexpected(
      Error{.status = 400, .message = std::move(message), .param = param, .code = code});
}

std::string_view kind_of(const json::Value& value) {
  switch (value.type()) {
    case json::Type::kNull:
      return "null";
    case json::Type::kBool:
      return "a boolean";
    case json::Type::kNumber:
      return "a number";
    case json::Type::kString:
      return "a string";
    case json::Type::kArray:
      return "an array";
    case json::Type::kObject:
      break;
  }
  return "an object";
}

tl::unexpected<Error> wrong_type(std::string_view param, std::string_view expected,
                                 const json::Value& got) {
  return refuse(param, "invalid_type",
                "Invalid type for '" + std::string(param) + "': expected " + std::string(expected) +
                    ", but got " + std::string(kind_of(got)) + " instead.");
}

tl::expected<Texts, Error> read_strings(const json::Value& input) {
  Texts texts;
  for (const json::Value item : input.items()) {
    const auto text = item.string();
    if (!text) return wrong_type("input", "an array of strings or of parts", item);
    texts.emplace_back(*text);
  }
  return texts;
}

bool is_image(const json::Value& part) {
  const auto type = part.find("type");
  return type && type->string() == "image_url";
}

tl::unexpected<Error> refuse_images(std::size_t images) {
  if (images > 1) {
    return refuse("input", "too_many_images",
                  "Too many images: got " + std::to_string(images) +
                      ". This server scores text only; leave the images out.");
  }
  return refuse("input", "unsupported_input_type",
                "This server scores text only; leave the part of type 'image_url' out.");
}

tl::expected<Texts, Error> read_parts(const json::Value& input) {
  std::size_t images = 0;
  for (const json::Value part : input.items()) images += is_image(part) ? 1 : 0;
  if (images > 0) return refuse_images(images);
  std::string joined;
  bool first = true;
  for (const json::Value part : input.items()) {
    const auto type = part.find("type");
    const auto text = part.find("text");
    if (!type || type->string() != "text" || !text || !text->string()) {
      return refuse("input", "invalid_value",
                    "Invalid part in 'input': expected {\"type\": \"text\", \"text\": a string}.");
    }
    if (!std::exchange(first, false)) joined += '\n';
    joined += *text->string();
  }
  return Texts{std::move(joined)};
}

tl::expected<Texts, Error> read_array(const json::Value& input) {
  std::size_t length = 0;
  bool parts = false;
  for (const json::Value item : input.items()) {
    parts = parts || item.is_object();
    ++length;
  }
  if (length == 0) {
    return refuse("input", "empty_array",
                  "Invalid 'input': empty array. Expected an array with minimum length 1, but got "
                  "an empty array instead.");
  }
  if (length > kMostTexts) {
    return refuse("input", "array_above_max_length",
                  "Invalid 'input': array too long. Expected an array with maximum length " +
                      std::to_string(kMostTexts) + ", but got an array with length " +
                      std::to_string(length) + " instead.");
  }
  return parts ? read_parts(input) : read_strings(input);
}

tl::expected<Texts, Error> read_input(const std::optional<json::Value>& input) {
  if (!input) {
    return refuse("input", "missing_required_parameter", "Missing required parameter: 'input'.");
  }
  if (const auto text = input->string()) return Texts{std::string(*text)};
  if (!input->is_array()) return wrong_type("input", "a string or an array", *input);
  return read_array(*input);
}

std::optional<Error> length_error(const Texts& texts) {
  for (const std::string& text : texts) {
    const std::size_t characters = base::count_code_points(text);
    if (characters <= kMostCharacters) continue;
    return Error{.status = 400,
                 .message =
                     "Invalid 'input': string too long. Expected a string with maximum "
                     "length " +
                     std::to_string(kMostCharacters) + ", but got a string with length " +
                     std::to_string(characters) + " instead.",
                 .param = "input",
                 .code = "string_above_max_length"};
  }
  return std::nullopt;
}

tl::expected<std::string, Error> read_model(const std::optional<json::Value>& model) {
  if (!model || model->is_null()) return std::string(kDefaultModel);
  const auto name = model->string();
  if (!name) return wrong_type("model", "a string", *model);
  if (name->size() > kMostModelBytes) {
    return refuse("model", "string_above_max_length",
                  "Invalid 'model': string too long. Expected at most " +
                      std::to_string(kMostModelBytes) + " bytes.");
  }
  return std::string(*name);
}

}  // namespace

tl::expected<ModerationRequest, Error> read_moderation_request(const json::Value& body) {
  auto texts = read_input(body.find("input"));
  if (!texts) return tl::unexpected(texts.error());
  if (auto error = length_error(*texts)) return tl::unexpected(std::move(*error));
  auto model = read_model(body.find("model"));
  if (!model) return tl::unexpected(model.error());
  return ModerationRequest{.model = std::move(*model), .texts = std::move(*texts)};
}

}  // namespace dss::api::openai
