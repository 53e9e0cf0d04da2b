#include "blocklist/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "blocklist/list_file.h"

namespace dss::blocklist {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;

base::Status no_list(std::string_view name) {
  return base::fail(ErrorKind::kNotFound, "there is no blocklist '" + std::string(name) + "'");
}

base::Status io_error(const std::string& path) {
  return base::fail(ErrorKind::kIo, path + ": " + std::strerror(errno));
}

// Whole on the disk before it has its name.
base::Status write_whole(const std::string& path, const std::string& content) {
  const std::string draft = path + ".new";
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (file < 0) return io_error(draft);
  std::size_t written = 0;
  while (written < content.size()) {
    const ssize_t n = ::write(file, content.data() + written, content.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    written += static_cast<std::size_t>(n);
  }
  const bool whole = written == content.size() && ::fsync(file) == 0;
  if (::close(file) != 0 || !whole || std::rename(draft.c_str(), path.c_str()) != 0) {
    return io_error(draft);
  }
  return {};
}

base::Result<List> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return base::fail(ErrorKind::kIo, path.string() + ": cannot be read");
  auto list = read_list(content.str());
  if (!list) {
    return base::fail(list.error().kind, path.string() + ": " + list.error().message);
  }
  if (list->name != path.stem().string()) {
    return base::fail(ErrorKind::kCorrupt, path.string() + ": the list in it is called '" +
                                               list->name + "'; name and file must agree");
  }
  return list;
}

template <typename Lists>
base::Status check_limits(const Lists& lists) {
  std::size_t items = 0;
  std::size_t patterns = 0;
  for (const auto& [name, list] : lists) {
    items += list.items.size();
    patterns += static_cast<std::size_t>(
        std::count_if(list.items.begin(), list.items.end(),
                      [](const Item& item) { return item.kind == Kind::kPattern; }));
  }
  if (lists.size() <= kMostLists && items <= kMostItems && patterns <= kMostPatterns) return {};
  return base::fail(ErrorKind::kInvalidArgument,
                    "all blocklists together may be " + std::to_string(kMostLists) + " with " +
                        std::to_string(kMostItems) + " items, of which " +
                        std::to_string(kMostPatterns) + " are patterns");
}

template <typename Lists>
base::Result<std::shared_ptr<const Matcher>> compile(const Lists& lists) {
  if (auto fine = check_limits(lists); !fine) return base::fail(fine.error());
  std::vector<List> copies;
  copies.reserve(lists.size());
  for (const auto& [name, list] : lists) copies.push_back(list);
  auto matcher = std::make_shared<const Matcher>(std::move(copies));
  if (matcher->instructions() <= kMostInstructions) return matcher;
  return base::fail(ErrorKind::kInvalidArgument,
                    "the patterns of all blocklists together are too large: " +
                        std::to_string(matcher->instructions()) + " instructions, at most " +
                        std::to_string(kMostInstructions) +
                        "; counted repetitions such as .{0,50} are what takes most");
}

}  // namespace

Store::Store(std::string directory) : directory_(std::move(directory)) {
  publish(std::make_shared<const Matcher>(std::vector<List>{}));
}

std::string Store::path_of(std::string_view name) const {
  return directory_ + "/" + std::string(name) + ".json";
}

base::Status Store::reload() {
  if (directory_.empty()) return {};
  const std::lock_guard lock(changing_);
  Lists lists;
  std::error_code error;
  for (fs::directory_iterator file(directory_, error), end; !error && file != end;
       file.increment(error)) {
    if (file->path().extension() != ".json") continue;
    auto list = read_file(file->path());
    if (!list) return base::fail(list.error());
    lists.emplace(list->name, std::move(*list));
  }
  if (error) return base::fail(ErrorKind::kIo, directory_ + ": " + error.message());
  auto matcher = compile(lists);
  if (!matcher) return base::fail(matcher.error());
  lists_ = std::move(lists);
  publish(std::move(*matcher));
  return {};
}

std::shared_ptr<const Matcher> Store::matcher() const {
  const std::lock_guard lock(publishing_);
  return matcher_;
}

void Store::publish(std::shared_ptr<const Matcher> matcher) {
  const std::lock_guard lock(publishing_);
  matcher_.swap(matcher);
}

base::Status Store::save(const Lists& lists, std::string_view name) const {
  if (directory_.empty()) return {};
  const auto list = lists.find(name);
  if (list != lists.end()) return write_whole(path_of(name), write_list(list->second));
  if (::unlink(path_of(name).c_str()) != 0 && errno != ENOENT) return io_error(path_of(name));
  return {};
}

base::Status Store::adopt(Lists lists, std::string_view changed) {
  auto matcher = compile(lists);
  if (!matcher) return base::fail(matcher.error());
  if (auto saved = save(lists, changed); !saved) return saved;
  lists_ = std::move(lists);
  publish(std::move(*matcher));
  return {};
}

base::Result<bool> Store::put_list(std::string_view name, const std::string* description) {
  if (!is_name(name)) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "a blocklist's name must be 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -, "
                      "and not begin with a dot");
  }
  const std::lock_guard lock(changing_);
  Lists lists = lists_;
  const auto [place, fresh] = lists.try_emplace(std::string(name));
  place->second.name = name;
  if (description != nullptr) place->second.description = *description;
  if (auto done = adopt(std::move(lists), name); !done) return base::fail(done.error());
  return fresh;
}

base::Status Store::remove_list(std::string_view name) {
  const std::lock_guard lock(changing_);
  Lists lists = lists_;
  const auto place = lists.find(name);
  if (place == lists.end()) return no_list(name);
  lists.erase(place);
  return adopt(std::move(lists), name);
}

base::Status Store::put_items(std::string_view name, std::span<const Item> items) {
  for (const Item& item : items) {
    if (auto fine = check(item); !fine) return fine;
  }
  const std::lock_guard lock(changing_);
  Lists lists = lists_;
  const auto place = lists.find(name);
  if (place == lists.end()) return no_list(name);
  for (const Item& item : items) {
    auto& known = place->second.items;
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const Item& one) { return one.id == item.id; });
    same != known.end() ? void(*same = item) : known.push_back(item);
  }
  return adopt(std::move(lists), name);
}

base::Status Store::remove_items(std::string_view name, std::span<const std::string> ids) {
  const std::lock_guard lock(changing_);
  Lists lists = lists_;
  const auto place = lists.find(name);
  if (place == lists.end()) return no_list(name);
  for (const std::string& id : ids) {
    auto& known = place->second.items;
    const auto same =
        std::find_if(known.begin(), known.end(), [&](const Item& one) { return one.id == id; });
    if (same == known.end()) {
      return base::fail(ErrorKind::kNotFound,
                        "blocklist '" + std::string(name) + "' has no item '" + id + "'");
    }
    known.erase(same);
  }
  return adopt(std::move(lists), name);
}

}  // namespace dss::blocklist
