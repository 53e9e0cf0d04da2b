#include "app/serve.h"

namespace dss::app {

base::Result<int> serve(const ServeSettings& /*settings*/, const config::Settings& /*all*/) {
  return base::fail(base::ErrorKind::kUnavailable, "this build has no server");
}

}  // namespace dss::app
