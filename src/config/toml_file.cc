#include "config/toml_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>

// The library's own assertions end the process on some malformed files ("[= 1") that it then
// refuses with an error.
#define TOML_ASSERT(condition) static_assert(true)
#include "toml++/toml.h"

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

tl::unexpected<base::Error> unreadable(const std::string& path, int cause) {
  return base::fail(base::ErrorKind::kIo, path + ": cannot read it: " + std::strerror(cause));
}

base::Result<std::string> read_whole(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                             &std::fclose);
  if (file == nullptr) return unreadable(path, errno);
  std::string content;
  char piece[4096];
  std::size_t got = sizeof piece;
  while (got == sizeof piece) {
    got = std::fread(piece, 1, sizeof piece, file.get());
    content.append(piece, got);
  }
  if (std::ferror(file.get()) != 0) return unreadable(path, errno);
  return content;
}

// One past the text that begins with the quote at `at`.
std::size_t end_of_text(std::string_view content, std::size_t at) {
  const char quote = content[at];
  const std::string three(3, quote);
  const bool long_text = content.substr(at, 3) == three;
  for (at += long_text ? 3 : 1; at < content.size(); ++at) {
    if (quote == '"' && content[at] == '\\') {
      ++at;
    } else if (!long_text && (content[at] == quote || content[at] == '\n')) {
      return at + 1;
    } else if (long_text && content.substr(at, 3) == three) {
      return at + 3;
    }
  }
  return content.size();
}

// Where a byte beyond ASCII stands outside texts and comments, which TOML does not allow and the
// library is not prepared for; the content's size if nowhere.
std::size_t find_stray_letter(std::string_view content) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::size_t at = content.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < content.size()) {
    const char c = content[at];
    if (static_cast<unsigned char>(c) >= 0x80) return at;
    if (c == '#') {
      at = std::min(content.find('\n', at), content.size());
    } else if (c == '"' || c == '\'') {
      at = end_of_text(content, at);
    } else {
      ++at;
    }
  }
  return content.size();
}

base::Status check_letters(const std::string& path, std::string_view content) {
  const std::size_t stray = find_stray_letter(content);
  if (stray >= content.size()) return {};
  const auto before = content.substr(0, stray);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  return base::fail(base::ErrorKind::kInvalidArgument,
                    place(path, line) + "letters beyond ASCII belong between quotes");
}

}  // namespace

base::Result<std::vector<TomlEntry>> read_toml_file(const std::string& path) {
  const base::Result<std::string> content = read_whole(path);
  if (!content) return base::fail(content.error());
  if (const base::Status good = check_letters(path, *content); !good)
    return base::fail(good.error());
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
