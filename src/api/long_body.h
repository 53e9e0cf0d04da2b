// Bodies that are too long to be read on an event loop.
#pragma once

#include <cstddef>
#include <functional>

#include "api/service.h"
#include "base/result.h"
#include "http/route.h"

namespace dss::api {

/// A body up to this is read, and looked through for the lists' words and exact items, within the
/// time that an event loop may take.
inline constexpr std::size_t kMostInlineBody = std::size_t{12} << 10;
/// Bytes of a body times instructions of the lists' patterns: about a millisecond at worst.
inline constexpr std::size_t kMostInlineSteps = std::size_t{1} << 17;

/// Whether an event loop may read so many bytes and look them through, now. Thread-safe.
[[nodiscard]] bool fits_the_loop(const Service& service, std::size_t bytes);

/// `handler`, which is called on Service::run_aside for bodies that do not fit the loop. Where that
/// has no room, `refuse` shapes the failure (kUnavailable). REQUIRES: `service` outlives the
/// handler, which may be called on any thread.
[[nodiscard]] http::Handler off_the_loop_when_long(
    const Service& service, http::Handler handler,
    std::function<http::Response(const base::Error&)> refuse);

}  // namespace dss::api
