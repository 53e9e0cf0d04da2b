#include "app/policy/policy_directory.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "app/policy/policy_file.h"

namespace dss::app {
namespace {

namespace fs = std::filesystem;

base::Result<std::vector<std::string>> policy_files(const std::string& directory) {
  std::error_code failed;
  std::vector<std::string> files;
  fs::directory_iterator entry(directory, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    if (entry->path().extension() == ".toml") files.push_back(entry->path());
  }
  if (failed) return base::fail(base::ErrorKind::kIo, directory + ": " + failed.message());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

base::Result<std::shared_ptr<const policy::PolicySet>> read_policies(const std::string& directory) {
  const auto files = policy_files(directory);
  if (!files) return base::fail(files.error());
  auto set = std::make_shared<policy::PolicySet>();
  for (const std::string& file : *files) {
    auto policy = read_policy_file(file);
    if (!policy) return base::fail(policy.error());
    if (const base::Status added = set->add(std::move(*policy)); !added) {
      return base::fail(added.error().kind, file + ": " + added.error().message);
    }
  }
  return set;
}

}  // namespace dss::app
