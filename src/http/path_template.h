// Paths with names in them: `/lists/{name}`, `/lists/{name}:clear`, `/models/{id...}`.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dss::http {

/// Values of a path's names in order, as received (undecoded).
inline constexpr std::size_t kMostPathParameters = 2;
using PathParameters = std::array<std::string_view, kMostPathParameters>;

/// One template. `{name}` stands for one or more bytes without a slash, `{name...}`, as the last
/// part, for one or more bytes. Immutable; thread-safe.
class PathTemplate {
 public:
  /// Whether a route's path has names.
  [[nodiscard]] static bool has_names(std::string_view path) {
    return path.find('{') != std::string_view::npos;
  }
  /// REQUIRES: at most kMostPathParameters names, each followed by `/`, `:` or the end.
  explicit PathTemplate(std::string_view path);

  /// Whether `path` fits; then `parameters` holds its values, which are parts of `path`.
  [[nodiscard]] bool match(std::string_view path, PathParameters* parameters) const;
  /// Bytes outside names: of two templates that fit, the one with more says more.
  [[nodiscard]] std::size_t literal_bytes() const { return literal_bytes_; }

 private:
  struct Part {
    std::string literal;  ///< in front of the name
    bool named = false;
    bool rest = false;  ///< the name stands for slashes too
  };
  std::vector<Part> parts_;
  std::size_t literal_bytes_ = 0;
};

}  // namespace dss::http
