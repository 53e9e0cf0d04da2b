// What the program says when it must end in the middle of something.
#pragma once

namespace dss::app {

/// From now on memory or threads that the system does not give end the process with one line on
/// stderr that says so, and status 1, instead of a core dump, which would hold texts. Other
/// exceptions that nobody catches are defects: the line names them, and the process aborts.
void set_last_words();

}  // namespace dss::app
