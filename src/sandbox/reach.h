// From a path in the configuration to what must stay readable so that the file can be read again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dss::sandbox {

/// Files are renewed by a rename, so a rule for the file itself would hold for the old one only:
/// its folder is needed. Where the path, or a folder in it, is a symbolic link, the link may be
/// pointed to a neighbour: the folder that holds the link and the folder that holds its target are
/// needed too. A folder directly below the root would be too much; in its place the file or folder
/// itself is answered. Absolute paths, each once; what does not exist is answered all the same.
[[nodiscard]] std::vector<std::string> reach_of_file(std::string_view path);

/// The same for a folder that is read with all below it: itself, and what the links on its path and
/// the first 1,000 entries in it, three levels deep, need.
[[nodiscard]] std::vector<std::string> reach_of_folder(std::string_view path);

}  // namespace dss::sandbox
