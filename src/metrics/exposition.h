// The answer to `GET /metrics`, whole: collected, negotiated, rendered, compressed.
#pragma once

#include <string>
#include <string_view>

#include "metrics/registry.h"

namespace dss::metrics {

struct ScrapeRequest {
  std::string_view accept{};           ///< the Accept header's value, or empty
  std::string_view accept_encoding{};  ///< likewise
  /// The target's query, undecoded. `name[]=NAME`, repeatable, keeps only the families which have
  /// that name or a sample of that name; anything else in it is ignored.
  std::string_view query{};
  bool created = false;  ///< with `_created` series
};

struct Exposition {
  std::string_view content_type;  ///< a literal
  std::string_view
      content_encoding;  ///< `gzip` or empty; with `Vary: Accept, Accept-Encoding` either way
  std::string body;
};

/// Thread-safe; any number at once.
[[nodiscard]] Exposition expose(const Registry& registry, const ScrapeRequest& request);

}  // namespace dss::metrics
