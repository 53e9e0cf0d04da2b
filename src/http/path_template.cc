#include "http/path_template.h"

namespace dss::http {

PathTemplate::PathTemplate(std::string_view path) {
  while (!path.empty()) {
    const std::size_t open = path.find('{');
    Part part;
    part.literal = path.substr(0, open);
    literal_bytes_ += part.literal.size();
    if (open == std::string_view::npos) {
      path = {};
    } else {
      const std::size_t close = path.find('}', open);
      part.named = true;
      part.rest = path.substr(open, close - open).ends_with("...");
      path.remove_prefix(close + 1);
    }
    parts_.push_back(std::move(part));
  }
}

bool PathTemplate::match(std::string_view path, PathParameters* parameters) const {
  std::size_t known = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Part& part = parts_[i];
    if (!path.starts_with(part.literal)) return false;
    path.remove_prefix(part.literal.size());
    if (!part.named) continue;
    std::size_t end = part.rest ? path.size() : std::min(path.find('/'), path.size());
    // A verb behind the name: `{name}:clear`.
    const bool verb = i + 1 < parts_.size() && parts_[i + 1].literal.starts_with(':');
    if (verb) end = path.substr(0, end).rfind(':');
    if (end == 0 || end == std::string_view::npos) return false;
    (*parameters)[known++] = path.substr(0, end);
    path.remove_prefix(end);
  }
  return path.empty();
}

}  // namespace dss::http
