// Files of the repository that are made from the program's own tables. documents_test.cc fails when
// one is stale and rewrites them all when it runs with UPDATE_DOCUMENTS=1 in the environment.
#pragma once

#include <string>

namespace dss::app {

[[nodiscard]] std::string configuration_markdown();  ///< docs/configuration.md
[[nodiscard]] std::string man_page();                ///< man/dss.1
[[nodiscard]] std::string bash_completion();         ///< completion/dss.bash
[[nodiscard]] std::string zsh_completion();          ///< completion/_dss
[[nodiscard]] std::string fish_completion();         ///< completion/dss.fish

}  // namespace dss::app
