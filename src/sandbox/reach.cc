#include "sandbox/reach.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace dss::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as the kernel follows
constexpr int kDepth = 2;       // of a folder with a folder for each model
constexpr int kMostEntries = 1000;

void add(std::vector<std::string>* out, const fs::path& path) {
  const std::string text = path.lexically_normal().string();
  if (std::find(out->begin(), out->end(), text) == out->end()) out->push_back(text);
}

/// `/srv/dss` is narrow, `/srv` and `/` are not.
bool narrow(const fs::path& folder) {
  const fs::path normal = folder.lexically_normal();
  return std::distance(normal.begin(), normal.end()) > 2;
}

fs::path without_slash(std::string_view path) {
  const fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

/// Follows the first link of the path: answers whether there was one, adds the folders on both of
/// its sides and puts its target into the path.
bool follow(fs::path* path, std::vector<std::string>* out) {
  fs::path walked;
  for (auto part = path->begin(); part != path->end(); ++part) {
    const fs::path holder = walked;
    walked /= *part;
    std::error_code failed;
    const fs::path target = fs::read_symlink(walked, failed);
    if (failed) continue;
    if (narrow(holder)) add(out, holder);
    walked = (holder / target).lexically_normal();
    if (narrow(walked.parent_path())) add(out, walked.parent_path());
    for (auto rest = std::next(part); rest != path->end(); ++rest) walked /= *rest;
    *path = walked;
    return true;
  }
  return false;
}

std::vector<std::string> reach(std::string_view given, bool of_file) {
  std::vector<std::string> out;
  fs::path path = without_slash(given);
  for (int links = 0; links < kMostLinks; ++links) {
    add(&out, of_file && narrow(path.parent_path()) ? path.parent_path() : path);
    if (!follow(&path, &out)) break;
  }
  return out;
}

// What the links inside the folder need, as where a hub's cache keeps the files of a model
// elsewhere.
void add_links_inside(const fs::path& folder, std::vector<std::string>* out) {
  std::error_code failed;
  fs::recursive_directory_iterator entries(folder, failed);
  for (int seen = 0; !failed && entries != fs::end(entries) && seen < kMostEntries; ++seen) {
    std::error_code unreadable;
    if (entries->is_symlink(unreadable)) {
      const bool of_file = !entries->is_directory(unreadable);
      for (const std::string& one : reach(entries->path().string(), of_file)) add(out, one);
    }
    if (entries.depth() >= kDepth) entries.disable_recursion_pending();
    entries.increment(failed);
  }
}

}  // namespace

std::vector<std::string> reach_of_file(std::string_view path) { return reach(path, true); }

std::vector<std::string> reach_of_folder(std::string_view path) {
  std::vector<std::string> out = reach(path, false);
  add_links_inside(without_slash(path), &out);
  return out;
}

}  // namespace dss::sandbox
