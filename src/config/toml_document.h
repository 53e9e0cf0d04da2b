// A TOML text (https://toml.io/en/v1.0.0) as a tree that knows its lines, for files with tables and
// arrays of tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::config {

struct TomlMember;

struct TomlNode {
  enum class Kind : std::uint8_t { kText, kNumber, kSwitch, kArray, kTable, kOther };
  Kind kind = Kind::kOther;  ///< kOther: dates and times
  std::size_t line = 0;      ///< from 1
  std::string text;          ///< kText
  double number = 0;         ///< kNumber
  bool on = false;           ///< kSwitch
  std::vector<TomlNode> items;
  std::vector<TomlMember> members;  ///< kTable, by line
};

struct TomlMember {
  std::string name;
  std::size_t line = 0;  ///< of its name
  TomlNode node;
};

/// The whole of a text as a table. Errors (kInvalidArgument): `name:LINE: cause`.
[[nodiscard]] base::Result<TomlNode> parse_toml(std::string_view text, const std::string& name);

}  // namespace dss::config
