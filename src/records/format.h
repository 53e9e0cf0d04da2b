// The shapes that rows come and go in.
#pragma once

#include <cstdint>
#include <string_view>

namespace dss::records {

enum class InputFormat : std::uint8_t {
  kText,    ///< the whole input is one text
  kLines,   ///< each line is a text
  kCsv,     ///< RFC 4180 with a header row
  kNdjson,  ///< a JSON object a line
};

enum class OutputFormat : std::uint8_t { kCsv, kNdjson };

}  // namespace dss::records
