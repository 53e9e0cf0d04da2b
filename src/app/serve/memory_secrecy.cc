#include "app/serve/memory_secrecy.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace dss::app {

bool keep_memory_secret() {
  const rlimit none{};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return false;
#if defined(__SANITIZE_ADDRESS__)
  return true;  // LeakSanitizer reads the memory at the end
#else
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
#endif
}

}  // namespace dss::app
