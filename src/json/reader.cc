#include "json/reader.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>

#include "base/utf8.h"
#include "json/big_integers.h"
#include "json/diagnosis.h"
#include "json/name_set.h"

namespace dss::json {
namespace {

static_assert(kPadding >= simdjson::SIMDJSON_PADDING);

// A parser keeps five bytes or more for each byte it has ever seen; one big document must not hold
// that for good.
constexpr std::size_t kKeptCapacity = std::size_t{256} << 10;
constexpr std::size_t kLeastCapacity = 4096;

// Whether names are unique and nesting stays within `depth`, which bounds the recursion.
bool well_formed(const Value& value, std::size_t depth) {
  const Type type = value.type();
  if (type != Type::kArray && type != Type::kObject) return true;
  if (depth == 0) return false;
  if (type == Type::kArray) {
    for (const Value item : value.items()) {
      if (!well_formed(item, depth - 1)) return false;
    }
    return true;
  }
  NameSet names;
  for (const auto [name, member] : value.members()) {
    if (!names.insert(name) || !well_formed(member, depth - 1)) return false;
  }
  return true;
}

}  // namespace

struct Reader::Parser {
  std::size_t max_depth;
  simdjson::dom::parser dom;
  simdjson::dom::element root;

  simdjson::error_code fit(std::size_t size) {
    const std::size_t capacity = dom.capacity();
    if (capacity >= size && capacity > 0 && (capacity <= kKeptCapacity || size > kKeptCapacity)) {
      return simdjson::SUCCESS;
    }
    dom = simdjson::dom::parser();
    // simdjson counts empty containers and the document itself in its own way: well_formed has the
    // last word.
    return dom.allocate(std::max(size, kLeastCapacity), max_depth + 1);
  }

  simdjson::error_code parse(std::string_view padded) {
    const simdjson::error_code error = fit(padded.size());
    return error ? error : dom.parse(padded.data(), padded.size(), false).get(root);
  }

  simdjson::error_code parse_widened(std::string_view text) {
    std::string widened = widen_big_integers(text);
    const std::size_t size = widened.size();
    if (size == text.size()) return simdjson::NUMBER_ERROR;
    widened.append(kPadding, '\0');
    return parse(std::string_view(widened).substr(0, size));
  }
};

Reader::Reader(std::size_t max_depth)
    : parser_(new Parser{.max_depth = max_depth, .dom = simdjson::dom::parser(), .root = {}}) {}
Reader::~Reader() = default;

tl::expected<Value, ParseError> Reader::parse_padded(std::string_view text) {
  simdjson::error_code error = parser_->parse(text);
  if (error == simdjson::NUMBER_ERROR) error = parser_->parse_widened(text);
  if (error == simdjson::SUCCESS && !has_lone_surrogate(text)) {
    Value value;
    value.handle_ = std::bit_cast<decltype(value.handle_)>(parser_->root);
    if (well_formed(value, parser_->max_depth)) return value;
  }
  return tl::unexpected(diagnose(text, parser_->max_depth));
}

tl::expected<Value, ParseError> Reader::parse(std::string_view text) {
  std::string padded;
  padded.reserve(text.size() + kPadding);
  padded.append(text).append(kPadding, '\0');
  return parse_padded(std::string_view(padded).substr(0, text.size()));
}

Reader& thread_reader() {
  static thread_local Reader reader;
  return reader;
}

Position position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {.character = base::count_code_points(before),
          .line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          .column = 1 + base::count_code_points(before.substr(line_start))};
}

std::string describe(const ParseError& error, std::string_view text) {
  const Position at = position_of(text, error.offset);
  return std::string(error.reason) + ": line " + std::to_string(at.line) + " column " +
         std::to_string(at.column) + " (char " + std::to_string(at.character) + ")";
}

}  // namespace dss::json
