// The blocklists of a running server: changed by few, matched by all.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blocklist/list.h"
#include "blocklist/matcher.h"

namespace dss::blocklist {

/// Thread-safe. Each change compiles all lists anew, beside the matcher in use, and then puts that
/// one in its place: whoever matches never waits, and sees a list wholly before or after a change.
class Store {
 public:
  /// Lists live in files NAME.json of `directory`, each written whole or not at all; "": in memory
  /// only.
  explicit Store(std::string directory = {});

  /// Reads all files anew; one that is damaged changes nothing. Errors: kIo, kCorrupt, naming the
  /// file. Without a directory: nothing to do.
  base::Status reload();

  [[nodiscard]] std::shared_ptr<const Matcher> matcher() const;

  /// Answers whether the list is new; its items stay. Without a description the old one stays.
  /// Errors, as of all changes: kInvalidArgument for what check() or a limit refuses, kIo if the
  /// file cannot be written; then nothing has changed.
  base::Result<bool> put_list(std::string_view name, const std::string* description);
  /// kNotFound if there is none.
  base::Status remove_list(std::string_view name);
  /// Adds, or puts in the place of the item with the same id. kNotFound: no such list.
  base::Status put_items(std::string_view name, std::span<const Item> items);
  /// kNotFound: no such list, or no such item; then none is removed.
  base::Status remove_items(std::string_view name, std::span<const std::string> ids);

 private:
  using Lists = std::map<std::string, List, std::less<>>;
  base::Status adopt(Lists lists, std::string_view changed);
  [[nodiscard]] base::Status save(const Lists& lists, std::string_view name) const;
  [[nodiscard]] std::string path_of(std::string_view name) const;
  void publish(std::shared_ptr<const Matcher> matcher);

  const std::string directory_;
  std::mutex changing_;  ///< held while a change is made
  Lists lists_;
  mutable std::mutex publishing_;  ///< held for the copy of a pointer
  std::shared_ptr<const Matcher> matcher_;
};

}  // namespace dss::blocklist
