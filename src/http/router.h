// Which route a request means, and which renderer its errors get.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/path_template.h"
#include "http/route.h"

namespace dss::http {

/// Index into path_labels(): the value of the metrics' `handler` label.
using PathIndex = std::uint16_t;
inline constexpr PathIndex kNoPath = 0;

/// The `handler` labels of a table, in index order: `none` first, then each distinct path, then
/// each path's slash redirect (`/health/`).
[[nodiscard]] std::vector<std::string> path_labels(const RouteTable& table);

/// Immutable once made; thread-safe. Keeps a pointer to the table.
class Router {
 public:
  explicit Router(const RouteTable* table);

  struct Match {
    enum class Kind : std::uint8_t { kRoute, kNotFound, kMethodNotAllowed, kRedirect };
    Kind kind = Kind::kNotFound;
    PathIndex path = kNoPath;
    const Route* route = nullptr;             ///< of kRoute; a GET route also answers HEAD
    const ErrorRenderer* renderer = nullptr;  ///< never null
    std::string_view allow;                   ///< of kMethodNotAllowed: the Allow header
    std::string_view location;                ///< of kRedirect: the path without its trailing slash
    PathParameters parameters{};              ///< of kRoute: parts of the path
  };
  [[nodiscard]] Match match(Method method, std::string_view path, Door door) const;
  /// For what is refused before its path is known.
  [[nodiscard]] const ErrorRenderer& default_renderer() const { return *renderer_of(""); }

 private:
  struct Path {
    std::array<const Route*, 8> routes{};  ///< by method
    PathIndex index = kNoPath;
    PathIndex redirect_index = kNoPath;
    std::array<std::string, 2> allow;  ///< by door
    const ErrorRenderer* renderer = nullptr;
  };

  struct Template {
    std::string_view written;
    PathTemplate form;
    Path* path;
  };

  [[nodiscard]] const Path* find(std::string_view path, PathParameters* parameters) const;
  /// The entry of a route's path, made if it is new.
  Path* slot(std::string_view path);
  [[nodiscard]] const ErrorRenderer* renderer_of(std::string_view path) const;
  void add(const Route& route);

  const RouteTable* table_;
  std::vector<std::unique_ptr<Path>> paths_;
  std::unordered_map<std::string_view, Path*> exact_;
  std::vector<Template> templates_;  ///< the one that says most first
};

}  // namespace dss::http
