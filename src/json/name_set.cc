#include "json/name_set.h"

#include <algorithm>
#include <utility>

#include "crypto/keyed_hash.h"

namespace dss::json {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::uint64_t hash_of(std::string_view name) {
  static const crypto::KeyedHash hash = crypto::KeyedHash::with_random_key();
  return hash(name);
}

}  // namespace

bool NameSet::insert(std::string_view name) {
  if (count_ >= few_.size()) return insert_hashed(name);
  const auto end = few_.begin() + static_cast<std::ptrdiff_t>(count_);
  if (std::find(few_.begin(), end, name) != end) return false;
  *end = name;
  ++count_;
  return true;
}

bool NameSet::insert_hashed(std::string_view name) {
  if (slots_.empty()) {
    slots_.resize(kFirstSlots);
    for (const std::string_view each : few_) {
      const std::uint64_t hash = hash_of(each);
      *slot_for(hash, each) = {hash, each};
    }
  }
  const std::uint64_t hash = hash_of(name);
  Slot* slot = slot_for(hash, name);
  if (slot->name.data() != nullptr) return false;
  *slot = {hash, name};
  if (++count_ * 2 > slots_.size()) grow();
  return true;
}

/// Where the name is, or would be.
NameSet::Slot* NameSet::slot_for(std::uint64_t hash, std::string_view name) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot* slot = &slots_[at];
    if (slot->name.data() == nullptr || (slot->hash == hash && slot->name == name)) return slot;
  }
}

void NameSet::grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : old) {
    if (slot.name.data() != nullptr) *slot_for(slot.hash, slot.name) = slot;
  }
}

}  // namespace dss::json
