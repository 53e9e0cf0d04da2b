// Compression of a scrape.
#pragma once

#include <string>
#include <string_view>

namespace dss::metrics {

/// `data` as one gzip member (RFC 1952), compressed for speed. Empty if zlib has no memory.
[[nodiscard]] std::string gzip(std::string_view data);

}  // namespace dss::metrics
