#include "config/toml_document.h"

#include <algorithm>

#include "config/toml_library.h"

namespace dss::config {
namespace {

using Kind = TomlNode::Kind;

TomlNode node_of(const toml::node& node);

void read_members(const toml::table& table, TomlNode* out) {
  for (const auto& [name, member] : table) {
    const std::size_t line = name.source().begin.line;
    out->members.push_back({std::string(name.str()), line, node_of(member)});
  }
  std::stable_sort(out->members.begin(), out->members.end(),
                   [](const TomlMember& a, const TomlMember& b) { return a.line < b.line; });
}

TomlNode node_of(const toml::node& node) {
  TomlNode out;
  out.line = node.source().begin.line;
  if (const auto* text = node.as_string()) {
    out.kind = Kind::kText;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = Kind::kNumber;
    out.number = static_cast<double>(integer->get());
  } else if (const auto* real = node.as_floating_point()) {
    out.kind = Kind::kNumber;
    out.number = real->get();
  } else if (const auto* flag = node.as_boolean()) {
    out.kind = Kind::kSwitch;
    out.on = flag->get();
  } else if (const auto* array = node.as_array()) {
    out.kind = Kind::kArray;
    for (const toml::node& item : *array) out.items.push_back(node_of(item));
  } else if (const auto* table = node.as_table()) {
    out.kind = Kind::kTable;
    read_members(*table, &out);
  }
  return out;
}

}  // namespace

base::Result<TomlNode> parse_toml(std::string_view text, const std::string& name) {
  try {
    return node_of(toml::parse(text, name));
  } catch (const toml::parse_error& error) {
    return base::fail(base::ErrorKind::kInvalidArgument,
                      name + ":" + std::to_string(error.source().begin.line) + ": " +
                          std::string(error.description()));
  }
}

}  // namespace dss::config
