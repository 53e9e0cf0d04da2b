#include "app/score/input_choice.h"

#include <sys/stat.h>

namespace dss::app {
namespace {

using records::InputFormat;

bool exists(const std::string& path) {
  struct stat info{};
  return path.find('\0') == std::string::npos && ::stat(path.c_str(), &info) == 0;
}

std::optional<InputFormat> format_of_ending(std::string_view path) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  if (path.ends_with(".csv")) return InputFormat::kCsv;
  if (path.ends_with(".ndjson") || path.ends_with(".jsonl")) return InputFormat::kNdjson;
  return std::nullopt;
}

bool looks_like_a_path(std::string_view argument) {
  if (argument.find_first_of(" \t\n") != std::string_view::npos) return false;
  return format_of_ending(argument).has_value() || argument.ends_with(".gz") ||
         argument.ends_with(".txt");
}

}  // namespace

std::optional<InputFormat> input_format_named(std::string_view name) {
  if (name == "text") return InputFormat::kText;
  if (name == "lines") return InputFormat::kLines;
  if (name == "csv") return InputFormat::kCsv;
  if (name == "ndjson") return InputFormat::kNdjson;
  return std::nullopt;
}

InputFormat sniff_format(std::string_view first_bytes) {
  const std::size_t first = first_bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && first_bytes[first] == '{' ? InputFormat::kNdjson
                                                                      : InputFormat::kText;
}

base::Result<InputChoice> choose_input(const std::string& argument,
                                       std::optional<InputFormat> format) {
  using Kind = InputChoice::Kind;
  if (argument == "-") return InputChoice{Kind::kFile, argument, format};
  if (exists(argument))
    return InputChoice{Kind::kFile, argument, format ? format : format_of_ending(argument)};
  const bool rows_asked = format && *format != InputFormat::kText;
  if (rows_asked || (!format && looks_like_a_path(argument))) {
    const std::string cure =
        rows_asked ? "" : "; to score the name itself as a text add --input-format text";
    return base::fail(base::ErrorKind::kNotFound, argument + ": no such file" + cure);
  }
  return InputChoice{Kind::kText, argument, InputFormat::kText};
}

}  // namespace dss::app
