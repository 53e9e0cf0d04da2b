// A parsed JSON value: a cheap handle into the document that a Reader holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace dss::json {

enum class Type : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

class Items;
class Members;

/// Sixteen bytes, copied freely. Lives until its Reader parses again or dies; then every handle and
/// every view taken from it is invalid. Reading is thread-safe; the accessors answer nothing where
/// the type is another one.
class Value {
 public:
  [[nodiscard]] Type type() const;
  [[nodiscard]] bool is_null() const { return type() == Type::kNull; }
  [[nodiscard]] bool is_object() const { return type() == Type::kObject; }
  [[nodiscard]] bool is_array() const { return type() == Type::kArray; }

  [[nodiscard]] std::optional<bool> boolean() const;
  /// Unescaped and valid UTF-8; may hold U+0000.
  [[nodiscard]] std::optional<std::string_view> string() const;
  /// Any number, rounded to the nearest double.
  [[nodiscard]] std::optional<double> number() const;
  /// A number written without fraction and exponent that fits.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<std::uint64_t> unsigned_integer() const;

  /// The member of that name; nothing for other types too.
  [[nodiscard]] std::optional<Value> find(std::string_view name) const;
  /// Elements of an array in order; empty for other types.
  [[nodiscard]] Items items() const;
  /// Members of an object in the document's order; empty for other types.
  [[nodiscard]] Members members() const;

 private:
  friend class Reader;
  friend class Items;
  friend class Members;
  alignas(8) std::array<std::byte, 16> handle_{};
};

/// `for (json::Value item : value.items())`
class Items {
 public:
  class Iterator {
   public:
    Value operator*() const;
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    friend class Value;
    alignas(8) std::array<std::byte, 16> at_{};
  };
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return end_; }

 private:
  friend class Value;
  Iterator begin_;
  Iterator end_;
};

/// `for (auto [name, member] : value.members())`
class Members {
 public:
  class Iterator {
   public:
    std::pair<std::string_view, Value> operator*() const;
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    friend class Value;
    alignas(8) std::array<std::byte, 16> at_{};
  };
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return end_; }

 private:
  friend class Value;
  Iterator begin_;
  Iterator end_;
};

}  // namespace dss::json
