// One JSON object read by the rules of proto3: a field answers to its camelCase and its snake_case
// name, and null means absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace dss::api::perspective {

/// A view into a parsed document. The first fault of all messages that share `fault` is kept:
/// `Invalid value at 'comment.text' (TYPE_STRING)`. Fields of other names are ignored.
class Message {
 public:
  /// `value` empty: a message without fields. `path` names it in faults; empty for the outermost.
  Message(std::optional<json::Value> value, std::string path, std::string* fault);

  /// The field that is not null. REQUIRES: the name in camelCase.
  [[nodiscard]] std::optional<json::Value> find(std::string_view name) const;
  [[nodiscard]] Message message(std::string_view name) const;
  /// Empty, false or nothing where the field is absent.
  [[nodiscard]] std::string_view string(std::string_view name) const;
  [[nodiscard]] bool boolean(std::string_view name) const;
  /// A finite number, or a string that holds one.
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> strings(std::string_view name) const;

  [[nodiscard]] bool absent() const { return !value_; }
  /// Members as they stand; REQUIRES: not absent.
  [[nodiscard]] json::Members members() const { return value_->members(); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void refuse(std::string_view name, std::string_view type) const;
  [[nodiscard]] std::string path_of(std::string_view name) const;

  std::optional<json::Value> value_;
  std::string path_;
  std::string* fault_;
};

}  // namespace dss::api::perspective
