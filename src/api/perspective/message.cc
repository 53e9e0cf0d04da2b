#include "api/perspective/message.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace dss::api::perspective {
namespace {

std::string snake_case(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper) out.push_back('_');
    out.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

bool has_upper(std::string_view name) {
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') return true;
  }
  return false;
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Message::Message(std::optional<json::Value> value, std::string path, std::string* fault)
    : value_(value), path_(std::move(path)), fault_(fault) {
  if (!value_ || value_->is_object()) return;
  if (fault_->empty()) *fault_ = "Invalid value at '" + path_ + "' (TYPE_MESSAGE)";
  value_.reset();
}

std::optional<json::Value> Message::find(std::string_view name) const {
  if (!value_) return std::nullopt;
  auto found = value_->find(name);
  if (!found && has_upper(name)) found = value_->find(snake_case(name));
  if (found && found->is_null()) found.reset();
  return found;
}

Message Message::message(std::string_view name) const {
  return {find(name), path_of(name), fault_};
}

std::string_view Message::string(std::string_view name) const {
  const auto field = find(name);
  if (!field) return {};
  if (!field->string()) refuse(name, "TYPE_STRING");
  return field->string().value_or("");
}

bool Message::boolean(std::string_view name) const {
  const auto field = find(name);
  if (!field) return false;
  if (!field->boolean()) refuse(name, "TYPE_BOOL");
  return field->boolean().value_or(false);
}

std::optional<double> Message::number(std::string_view name) const {
  const auto field = find(name);
  if (!field) return std::nullopt;
  const auto number = field->string() ? number_in(*field->string()) : field->number();
  if (number && std::isfinite(*number)) return number;
  refuse(name, "TYPE_FLOAT");
  return std::nullopt;
}

std::vector<std::string> Message::strings(std::string_view name) const {
  std::vector<std::string> all;
  const auto field = find(name);
  if (!field) return all;
  if (!field->is_array()) refuse(name, "TYPE_STRING");
  for (const json::Value item : field->items()) {
    if (!item.string()) refuse(name, "TYPE_STRING");
    all.emplace_back(item.string().value_or(""));
  }
  return all;
}

void Message::refuse(std::string_view name, std::string_view type) const {
  if (!fault_->empty()) return;
  *fault_ = "Invalid value at '" + path_of(name) + "' (" + std::string(type) + ")";
}

std::string Message::path_of(std::string_view name) const {
  return path_.empty() ? snake_case(name) : path_ + "." + snake_case(name);
}

}  // namespace dss::api::perspective
