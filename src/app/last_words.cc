#include "app/last_words.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>

#include "app/exit_status.h"

namespace dss::app {
namespace {

// There may be no memory left to put a line together.
void say(const char* text) { (void)!::write(STDERR_FILENO, text, std::strlen(text)); }

[[noreturn]] void end(const char* line) {
  say(line);
  std::_Exit(kFailure);
}

[[noreturn]] void last_words() {
  try {
    if (const std::exception_ptr current = std::current_exception())
      std::rethrow_exception(current);
    say("dss: a defect ended the program\n");
  } catch (const std::bad_alloc&) {
    end("dss: the system gives no more memory; raise the limit (ulimit -v, the container's or "
        "unit's) "
        "or lower http.body-memory-bytes\n");
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::resource_unavailable_try_again) {
      end("dss: the system gives no more threads; raise the limit of processes or memory, or lower "
          "workers\n");
    }
    say("dss: a defect ended the program: ");
    say(error.what());
    say("\n");
  } catch (const std::exception& error) {
    say("dss: a defect ended the program: ");
    say(error.what());
    say("\n");
  } catch (...) {
    say("dss: a defect ended the program\n");
  }
  std::abort();
}

}  // namespace

void set_last_words() { std::set_terminate(last_words); }

}  // namespace dss::app
