// What went wrong inside, as HTTP sees it.
#pragma once

#include "base/result.h"
#include "http/route.h"

namespace dss::api {

/// The one table from kinds of error to statuses and codes; a protocol's renderer gives the failure
/// its shape. What is this program's own fault (corrupt files, I/O, defects) is told to the client
/// in general words only.
[[nodiscard]] http::Failure failure_of(const base::Error& error);

}  // namespace dss::api
