// The names of one JSON object, to notice those that stand there twice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dss::json {

/// A few names are compared with each other; many are hashed, under a random key of this process:
/// whoever writes the document cannot choose names that fall on one another.
class NameSet {
 public:
  /// Whether the name is new. Its characters must outlive the set.
  bool insert(std::string_view name);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::string_view name{};  ///< data() is null where nothing is
  };

  bool insert_hashed(std::string_view name);
  Slot* slot_for(std::uint64_t hash, std::string_view name);
  void grow();

  std::array<std::string_view, 16> few_{};
  std::size_t count_ = 0;
  std::vector<Slot> slots_{};  ///< a power of two, at most half full; empty while there are few
};

}  // namespace dss::json
