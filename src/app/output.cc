#include "app/output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace dss::app {
namespace {

void wait_for_reader() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  (void)::poll(&output, 1, -1);
}

}  // namespace

base::Status write_output(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      wait_for_reader();
    } else if (errno == EPIPE) {
      return base::fail(base::ErrorKind::kUnavailable, "the reader of the output has gone");
    } else if (errno != EINTR) {
      return base::fail(base::ErrorKind::kIo,
                        std::string("cannot write the output: ") + std::strerror(errno));
    }
  }
  return {};
}

bool wants_colour(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* terminal = std::getenv("TERM");
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return ::isatty(descriptor) == 1;
}

}  // namespace dss::app
