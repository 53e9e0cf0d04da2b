// Strict JSON in (RFC 8259), by simdjson's DOM.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/value.h"

namespace dss::json {

/// Readable bytes that must lie behind the text handed to Reader::parse_padded.
inline constexpr std::size_t kPadding = 64;

enum class Fault : std::uint8_t {
  kSyntax,        ///< not JSON; a byte order mark and trailing bytes too
  kEncoding,      ///< not UTF-8
  kSurrogate,     ///< an escape names half a surrogate pair
  kDepth,         ///< nested deeper than the Reader's limit
  kNumber,        ///< a number that neither 64 bits nor a finite double can hold
  kDuplicateKey,  ///< an object names a member twice
};

/// Why a text was refused. Never holds any of it.
struct ParseError {
  Fault fault = Fault::kSyntax;
  std::string_view
      reason;  ///< literal; for syntax in the words of Python's json: `Expecting ',' delimiter`
  std::size_t offset = 0;  ///< byte at which it shows, at most the text's size
};

/// Place of a byte for a person, in code points as Python's JSONDecodeError counts.
struct Position {
  std::size_t character = 0;  ///< from 0
  std::size_t line = 1;       ///< from 1
  std::size_t column = 1;     ///< from 1
};
[[nodiscard]] Position position_of(std::string_view text, std::size_t offset);

/// `Expecting value: line 1 column 5 (char 4)`
[[nodiscard]] std::string describe(const ParseError& error, std::string_view text);

/// Holds one parsed document and the memory for it, reused from parse to parse. Not thread-safe:
/// one per thread.
class Reader {
 public:
  /// Containers may be nested `max_depth` deep.
  explicit Reader(std::size_t max_depth = 64);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Invalidates all values of the last parse. REQUIRES: kPadding readable bytes behind the end of
  /// `text`. Strings are copied out of `text`, which may go afterwards.
  tl::expected<Value, ParseError> parse_padded(std::string_view text);
  /// The same for any text: copies it first.
  tl::expected<Value, ParseError> parse(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

/// This thread's own Reader with the default depth, for documents that are done with before the
/// next parse.
[[nodiscard]] Reader& thread_reader();

}  // namespace dss::json
