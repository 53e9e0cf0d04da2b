#include "app/command_line.h"
#include "app/last_words.h"

int main(int argc, char** argv) {
  dss::app::set_last_words();
  return dss::app::run_command_line({argv + (argc > 0 ? 1 : 0), argv + argc});
}
