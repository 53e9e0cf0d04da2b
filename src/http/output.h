// The answers of a connection on their way out: small ones joined, so that one write takes them
// all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace dss::http {

/// Not thread-safe. Bytes leave in the order in which they came.
class Output {
 public:
  /// Bodies from this size on are sent from where they are, without a copy.
  static constexpr std::size_t kLarge = 16384;

  /// The joined bytes; append to it. REQUIRES: no large body waits.
  std::string& text() { return text_; }
  /// A large body behind the joined bytes. REQUIRES: none waits.
  void append_large(std::string body) {
    owner_ = std::move(body);
    large_ = owner_;
  }
  /// Likewise, for bytes that outlive the connection.
  void append_static(std::string_view body) { large_ = body; }

  [[nodiscard]] bool empty() const { return text_.empty() && large_.empty(); }
  /// Whether it has to be written before more may be appended.
  [[nodiscard]] bool is_full(std::size_t limit) const {
    return !large_.empty() || text_.size() >= limit;
  }
  /// What to write next, in two parts.
  [[nodiscard]] std::pair<std::string_view, std::string_view> pending() const {
    return {std::string_view(text_).substr(sent_), large_};
  }
  /// That many bytes of pending() have been written.
  void consume(std::size_t bytes);
  /// Frees the memory. REQUIRES: empty().
  void release() { std::string().swap(text_); }

 private:
  std::string text_;
  std::size_t sent_ = 0;  // of text_
  std::string owner_;
  std::string_view large_;
};

}  // namespace dss::http
