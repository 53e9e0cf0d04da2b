#include "json/value.h"

#include <simdjson.h>

#include <bit>
#include <type_traits>

namespace dss::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using ArrayIterator = simdjson::dom::array::iterator;
using ObjectIterator = simdjson::dom::object::iterator;
using Handle = std::array<std::byte, 16>;

// simdjson's handles are a document pointer and an index, so they travel as bytes and no other room
// needs its header.
template <typename T>
concept HandleLike = sizeof(T) == sizeof(Handle) && std::is_trivially_copyable_v<T>;
static_assert(HandleLike<element> && HandleLike<ArrayIterator> && HandleLike<ObjectIterator>);

element open(const Handle& handle) { return std::bit_cast<element>(handle); }

template <typename T>
std::optional<T> get(const Handle& handle) {
  T value;
  if (open(handle).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

}  // namespace

Type Value::type() const {
  switch (open(handle_).type()) {
    case element_type::ARRAY:
      return Type::kArray;
    case element_type::OBJECT:
      return Type::kObject;
    case element_type::STRING:
      return Type::kString;
    case element_type::BOOL:
      return Type::kBool;
    case element_type::NULL_VALUE:
      return Type::kNull;
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
      break;
  }
  return Type::kNumber;
}

std::optional<bool> Value::boolean() const { return get<bool>(handle_); }
std::optional<std::string_view> Value::string() const { return get<std::string_view>(handle_); }
std::optional<double> Value::number() const { return get<double>(handle_); }
std::optional<std::int64_t> Value::integer() const { return get<std::int64_t>(handle_); }
std::optional<std::uint64_t> Value::unsigned_integer() const { return get<std::uint64_t>(handle_); }

std::optional<Value> Value::find(std::string_view name) const {
  element found;
  if (open(handle_).at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
  Value value;
  value.handle_ = std::bit_cast<Handle>(found);
  return value;
}

Items Value::items() const {
  Items items;
  if (simdjson::dom::array array; open(handle_).get(array) == simdjson::SUCCESS) {
    items.begin_.at_ = std::bit_cast<Handle>(array.begin());
    items.end_.at_ = std::bit_cast<Handle>(array.end());
  }
  return items;
}

Members Value::members() const {
  Members members;
  if (simdjson::dom::object object; open(handle_).get(object) == simdjson::SUCCESS) {
    members.begin_.at_ = std::bit_cast<Handle>(object.begin());
    members.end_.at_ = std::bit_cast<Handle>(object.end());
  }
  return members;
}

Value Items::Iterator::operator*() const {
  Value value;
  value.handle_ = std::bit_cast<Handle>(*std::bit_cast<ArrayIterator>(at_));
  return value;
}

Items::Iterator& Items::Iterator::operator++() {
  auto iterator = std::bit_cast<ArrayIterator>(at_);
  at_ = std::bit_cast<Handle>(++iterator);
  return *this;
}

std::pair<std::string_view, Value> Members::Iterator::operator*() const {
  const auto iterator = std::bit_cast<ObjectIterator>(at_);
  Value value;
  value.handle_ = std::bit_cast<Handle>(iterator.value());
  return {iterator.key(), value};
}

Members::Iterator& Members::Iterator::operator++() {
  auto iterator = std::bit_cast<ObjectIterator>(at_);
  at_ = std::bit_cast<Handle>(++iterator);
  return *this;
}

}  // namespace dss::json
