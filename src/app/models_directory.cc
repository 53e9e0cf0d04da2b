#include "app/models_directory.h"

#include <filesystem>

namespace dss::app {

namespace fs = std::filesystem;

std::vector<std::string> models_directory_candidates(const std::string& executable) {
  const fs::path directory = fs::path(executable).parent_path();
  std::vector<std::string> out;
  for (const char* relative : {"models", "../../models", "../share/dss/models"})
    out.push_back((directory / relative).lexically_normal().string());
  out.emplace_back("/usr/share/dss/models");
  return out;
}

base::Result<std::string> find_models_directory() {
  std::error_code ignored;
  const auto candidates =
      models_directory_candidates(fs::read_symlink("/proc/self/exe", ignored).string());
  std::string places;
  for (const std::string& candidate : candidates) {
    if (fs::is_directory(candidate, ignored)) return candidate;
    places += (places.empty() ? "" : ", ") + candidate;
  }
  return base::fail(base::ErrorKind::kIo,
                    "no models folder in " + places + "; name it with --models DIR");
}

}  // namespace dss::app
