// What the argument of `dss score` is: a text, a file, or standard input; and in which format.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "records/format.h"

namespace dss::app {

struct InputChoice {
  enum class Kind : std::uint8_t { kText, kFile } kind = Kind::kText;
  std::string value;                           ///< the text itself, or a path (`-`: standard input)
  std::optional<records::InputFormat> format;  ///< files: nothing if the first bytes must tell
};

/// An existing file is that file and `-` is standard input; everything else is a text, unless a row
/// format was asked for or the argument looks like a path with a known ending (then it is a missing
/// file: kNotFound, with the cure).
///   format   what --input-format says; nothing: by the file's ending (.csv, .ndjson, .jsonl, also
///   with .gz)
[[nodiscard]] base::Result<InputChoice> choose_input(const std::string& argument,
                                                     std::optional<records::InputFormat> format);

/// For a file without a telling name: NDJSON if it begins with `{`, else one text.
[[nodiscard]] records::InputFormat sniff_format(std::string_view first_bytes);

[[nodiscard]] std::optional<records::InputFormat> input_format_named(std::string_view name);

}  // namespace dss::app
