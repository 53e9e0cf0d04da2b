#include "log/line.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/utf8.h"

namespace dss::log {
namespace {

void append_escaped(char c, std::string* out) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    *out += '\\';
    *out += c;
  } else if (byte >= 0x20 && byte != 0x7F) {
    *out += c;
  } else {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
    *out += escape;
  }
}

void append_string(std::string_view text, std::string* out) {
  *out += '"';
  if (base::is_valid_utf8(text)) {
    for (const char c : text) append_escaped(c, out);
  } else {
    for (const char c : base::replace_invalid_utf8(text)) append_escaped(c, out);
  }
  *out += '"';
}

template <typename T>
void append_number(T value, std::string* out) {
  char buffer[32];
  out->append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

struct ValueWriter {
  std::string* out;
  void operator()(std::string_view text) const { append_string(text, out); }
  void operator()(std::int64_t value) const { append_number(value, out); }
  void operator()(bool value) const { *out += value ? "true" : "false"; }
  void operator()(double value) const {
    if (std::isfinite(value)) {
      append_number(value, out);
    } else {
      *out += "null";
    }
  }
};

}  // namespace

std::string_view level_name(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarn:
      return "warn";
    case Level::kError:
      break;
  }
  return "error";
}

std::string format_line(base::SystemTime time, Level level, std::string_view message,
                        std::initializer_list<Field> fields) {
  std::string line;
  line.reserve(256);
  line += R"({"time":")";
  line += base::iso8601(time);
  line += R"(","level":")";
  line += level_name(level);
  line += R"(","message":)";
  append_string(message, &line);
  for (const Field& field : fields) {
    line += ',';
    append_string(field.key, &line);
    line += ':';
    std::visit(ValueWriter{&line}, field.value);
  }
  line += "}\n";
  return line;
}

}  // namespace dss::log
