#include "http/router.h"

#include <algorithm>

namespace dss::http {
namespace {

constexpr std::size_t index_of(Method method) { return static_cast<std::size_t>(method); }

bool is_visible(const Route& route, Door door) {
  return door == Door::kAdmin ? route.on_admin : route.on_public;
}

std::vector<std::string_view> distinct_paths(const RouteTable& table) {
  std::vector<std::string_view> paths;
  for (const Route& route : table.routes) {
    if (std::find(paths.begin(), paths.end(), route.path) == paths.end())
      paths.push_back(route.path);
  }
  return paths;
}

}  // namespace

std::vector<std::string> path_labels(const RouteTable& table) {
  std::vector<std::string> labels = {"none"};
  const std::vector<std::string_view> paths = distinct_paths(table);
  labels.insert(labels.end(), paths.begin(), paths.end());
  for (const std::string_view path : paths) {
    if (!path.ends_with('/')) labels.push_back(std::string(path) + "/");
  }
  return labels;
}

Router::Router(const RouteTable* table) : table_(table) {
  const std::vector<std::string> labels = path_labels(*table);
  const auto label_index = [&](const std::string& label) {
    const auto at = std::find(labels.begin(), labels.end(), label);
    return at == labels.end() ? kNoPath : static_cast<PathIndex>(at - labels.begin());
  };
  for (const Route& route : table->routes) add(route);
  for (const Route& route : table->routes) {
    Path* path = slot(route.path);
    path->index = label_index(route.path);
    path->redirect_index = label_index(route.path + "/");
    path->renderer = renderer_of(route.path);
  }
  std::stable_sort(templates_.begin(), templates_.end(), [](const Template& a, const Template& b) {
    return a.form.literal_bytes() > b.form.literal_bytes();
  });
}

Router::Path* Router::slot(std::string_view path) {
  if (const auto at = exact_.find(path); at != exact_.end()) return at->second;
  const auto known = std::find_if(templates_.begin(), templates_.end(),
                                  [path](const Template& one) { return one.written == path; });
  if (known != templates_.end()) return known->path;
  Path* made = paths_.emplace_back(std::make_unique<Path>()).get();
  if (PathTemplate::has_names(path)) {
    templates_.push_back({path, PathTemplate(path), made});
  } else {
    exact_[path] = made;
  }
  return made;
}

void Router::add(const Route& route) {
  Path* path = slot(route.path);
  path->routes[index_of(route.method)] = &route;
  const auto list = [](std::string* allow, std::string_view name) {
    if (!allow->empty()) *allow += ", ";
    *allow += name;
  };
  for (const Door door : {Door::kPublic, Door::kAdmin}) {
    if (!is_visible(route, door)) continue;
    std::string* allow = &path->allow[static_cast<std::size_t>(door)];
    list(allow, method_name(route.method));
    if (route.method == Method::kGet) list(allow, "HEAD");
  }
}

const Router::Path* Router::find(std::string_view path, PathParameters* parameters) const {
  if (const auto at = exact_.find(path); at != exact_.end()) return at->second;
  for (const Template& one : templates_) {
    if (one.form.match(path, parameters)) return one.path;
    *parameters = {};
  }
  return nullptr;
}

const ErrorRenderer* Router::renderer_of(std::string_view path) const {
  const ErrorRenderer* best = nullptr;
  std::size_t best_size = 0;
  for (const auto& [prefix, renderer] : table_->renderers) {
    if (!path.starts_with(prefix) || (best != nullptr && prefix.size() < best_size)) continue;
    best = &renderer;
    best_size = prefix.size();
  }
  return best;
}

Router::Match Router::match(Method method, std::string_view path, Door door) const {
  Match match;
  const Path* found = find(path, &match.parameters);
  const bool redirect = found == nullptr && path.size() > 1 && path.ends_with('/');
  if (redirect) found = find(path.substr(0, path.size() - 1), &match.parameters);
  std::string_view allow;
  if (found != nullptr) allow = found->allow[static_cast<std::size_t>(door)];
  if (found == nullptr || allow.empty()) {
    match.renderer = renderer_of(path);
    return match;
  }
  match.renderer = found->renderer;
  if (redirect) {
    match.kind = Match::Kind::kRedirect;
    match.path = found->redirect_index;
    match.location = path.substr(0, path.size() - 1);
    return match;
  }
  const Method wanted = method == Method::kHead ? Method::kGet : method;
  match.route = found->routes[index_of(wanted)];
  if (match.route == nullptr && method == Method::kHead)
    match.route = found->routes[index_of(Method::kHead)];
  if (match.route != nullptr && is_visible(*match.route, door)) {
    match.kind = Match::Kind::kRoute;
    match.path = found->index;
    if (match.route->renderer) match.renderer = &match.route->renderer;
    return match;
  }
  match.route = nullptr;
  match.kind = Match::Kind::kMethodNotAllowed;
  match.allow = allow;
  return match;
}

}  // namespace dss::http
