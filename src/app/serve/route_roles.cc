#include "app/serve/route_roles.h"

#include <array>

namespace dss::app {
namespace {

using auth::Role;
using http::Method;

/// `path` as in http::Route; a path that ends with `*` stands for all that begin so.
struct Row {
  std::string_view path;
  std::optional<Role> role;
};

constexpr std::array kPosts = {
    Row{"/analyze", Role::kScore},
    Row{"/analyze/batch", Role::kScore},
    Row{"/anonymize", Role::kScore},
    Row{"/feedback", Role::kFeedback},
    // Perspective API; a batch asks for the role of each call within
    Row{"/v1alpha1/comments:analyze", Role::kScore},
    Row{"/v1alpha1/comments:suggestscore", Role::kFeedback},
    Row{"/batch", Role::kScore},
    // OpenAI, TEI, Discourse, Azure
    Row{"/v1/moderations", Role::kScore},
    Row{"/", Role::kScore},
    Row{"/predict", Role::kScore},
    Row{"/models/*", Role::kScore},
    Row{"/api/v1/classify", Role::kScore},
    Row{"/contentsafety/text:analyze", Role::kScore},
};

constexpr std::array kGets = {
    // probes
    Row{"/livez", std::nullopt},
    Row{"/readyz", std::nullopt},
    Row{"/startupz", std::nullopt},
    Row{"/health", std::nullopt},
    // what this program is, the same on every server
    Row{"/", std::nullopt},
    Row{"/openapi.json", std::nullopt},
    // whoever is concerned may ask; it names no file, address or secret
    Row{"/privacy", std::nullopt},
    Row{"/docs", std::nullopt},
    Row{"/docs/*", std::nullopt},
    // the page holds no figures: it asks its reader for a key, and /metrics with it
    Row{"/dashboard", std::nullopt},
    Row{"/dashboard/*", std::nullopt},
    Row{"/$discovery/rest", std::nullopt},
    Row{"/%24discovery/rest", std::nullopt},
    // which models answer
    Row{"/models/info", Role::kScore},
    Row{"/info", Role::kScore},
    // the operator's
    Row{"/metrics", Role::kMetrics},
    Row{"/stats", Role::kMetrics},
};

bool names(const Row& row, std::string_view path) {
  if (!row.path.ends_with('*')) return row.path == path;
  return path.starts_with(row.path.substr(0, row.path.size() - 1));
}

template <typename Rows>
std::optional<Role> find(const Rows& rows, std::string_view path) {
  for (const Row& row : rows) {
    if (names(row, path)) return row.role;
  }
  return Role::kAdmin;
}

}  // namespace

std::optional<Role> role_of(Method method, std::string_view path) {
  if (method == Method::kPost) return find(kPosts, path);
  if (method == Method::kGet || method == Method::kHead) return find(kGets, path);
  return Role::kAdmin;
}

}  // namespace dss::app
