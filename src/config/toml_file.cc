#include "config/toml_file.h"

#include <charconv>
#include <cstdio>

#include "config/read_file.h"
#include "config/toml_library.h"

namespace dss::config {
namespace {

std::string place(const std::string& path, std::size_t line) {
  return path + ":" + std::to_string(line) + ": ";
}

base::Result<std::string> scalar_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  if (const auto* number = node.as_floating_point()) {
    char buffer[64];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, number->get()).ptr);
  }
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "neither text, number, boolean nor an array of texts");
}

base::Result<std::string> array_text(const toml::array& array) {
  std::string out;
  for (const toml::node& item : array) {
    const base::Result<std::string> text = scalar_text(item);
    if (!text) return text;
    out += (out.empty() ? "" : ",") + *text;
  }
  return out;
}

base::Status flatten(const std::string& path, const toml::table& table, const std::string& prefix,
                     std::vector<TomlEntry>* out) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const toml::table* inner = node.as_table()) {
      const base::Status status = flatten(path, *inner, key + ".", out);
      if (!status) return status;
      continue;
    }
    const std::size_t line = node.source().begin.line;
    const base::Result<std::string> text =
        node.is_array() ? array_text(*node.as_array()) : scalar_text(node);
    if (!text) {
      return base::fail(base::ErrorKind::kInvalidArgument,
                        place(path, line) + "'" + key + "' is " + text.error().message);
    }
    out->push_back({key, *text, line});
  }
  return {};
}

}  // namespace

base::Result<std::vector<TomlEntry>> read_toml_file(const std::string& path) {
  const base::Result<std::string> content = read_file(path);
  if (!content) return base::fail(content.error());
  try {
    const toml::table table = toml::parse(*content, path);
    std::vector<TomlEntry> entries;
    const base::Status status = flatten(path, table, "", &entries);
    if (!status) return base::fail(status.error());
    return entries;
  } catch (const toml::parse_error& error) {
    return base::fail(base::ErrorKind::kInvalidArgument,
                      place(path, error.source().begin.line) + std::string(error.description()));
  }
}

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace dss::config
