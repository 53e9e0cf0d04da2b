// Finds the items of all blocklists in a text.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "blocklist/list.h"

namespace dss::blocklist {

/// One place where an item was found.
struct Match {
  std::string_view list;       ///< its name
  const Item* item = nullptr;  ///< as all here, it lives as long as the matcher
  std::size_t begin = 0;       ///< code points of the text
  std::size_t end = 0;
};

/// What one text's matches are cut at.
inline constexpr std::size_t kMostMatches = 100;

/// Immutable; thread-safe. Linear in the text's length: words and exact items by automata, patterns
/// by RE2.
class Matcher {
 public:
  /// Items that check() refuses are left out.
  explicit Matcher(std::vector<List> lists);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  /// Whether there are no lists at all.
  [[nodiscard]] bool empty() const;
  [[nodiscard]] const std::vector<List>& lists() const;
  /// Of all patterns' programs. Most texts are matched in nanoseconds a byte whatever their number,
  /// but where a text needs a new state for every byte, that byte costs about ten nanoseconds for
  /// each instruction.
  [[nodiscard]] std::size_t instructions() const;
  /// In the order of their begin; of a pattern only its first place. At most kMostMatches.
  /// REQUIRES: valid UTF-8.
  [[nodiscard]] std::vector<Match> find(std::string_view text) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dss::blocklist
