#include "app/documents/documents.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/documents/command_outline.h"
#include "app/settings_table.h"
#include "gtest/gtest.h"

namespace dss::app {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void expect_fresh(const std::string& path, const std::string& content) {
  const std::string whole = std::string(DSS_SOURCE_DIR) + "/" + path;
  if (std::getenv("UPDATE_DOCUMENTS") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(whole).parent_path());
    std::ofstream(whole, std::ios::binary) << content;
  }
  EXPECT_EQ(read_file(whole), content)
      << path << " is stale; run this test with UPDATE_DOCUMENTS=1";
}

TEST(Documents, AreFresh) {
  expect_fresh("docs/configuration.md", configuration_markdown());
  expect_fresh("man/dss.1", man_page());
  expect_fresh("completion/dss.bash", bash_completion());
  expect_fresh("completion/_dss", zsh_completion());
  expect_fresh("completion/dss.fish", fish_completion());
}

TEST(Documents, TheManPageAndTheCompletionsKnowEveryFlag) {
  const std::string bash = bash_completion();
  const std::string zsh = zsh_completion();
  const std::string fish = fish_completion();
  for (const CommandOutline& command : outline_commands()) {
    for (const FlagOutline& flag : command.flags) {
      for (const std::string& name : flag.names) {
        EXPECT_NE(bash.find(name), std::string::npos) << name;
        EXPECT_NE(zsh.find("'" + name + "["), std::string::npos) << name;
        const std::string option =
            name.starts_with("--") ? "-l " + name.substr(2) : "-s " + name.substr(1);
        EXPECT_NE(fish.find(option), std::string::npos) << name;
      }
      EXPECT_FALSE(flag.help.empty()) << flag.names.front();
    }
  }
}

TEST(Documents, NoSecretHasAFlag) {
  for (const config::Setting& setting : settings_table().settings()) {
    if (!setting.secret) continue;
    EXPECT_EQ(setting.flag(), "");
    EXPECT_EQ(bash_completion().find(setting.key), std::string::npos);
  }
}

}  // namespace
}  // namespace dss::app
