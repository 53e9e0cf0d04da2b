#include "tokenizer/piece_trie.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace dss::tokenizer {
namespace {

constexpr std::uint32_t kBlock = 256;  // base ^ byte stays inside a block
constexpr std::size_t kMostSlots = std::size_t{1} << 24;

// A node before it has a place. Children are nodes in a row.
struct Node {
  std::uint32_t first_child = 0;
  std::uint32_t children = 0;
  std::uint32_t id = 0;
  unsigned char label = 0;
};

// The byte of an entry at a depth. All begin at one root: those that continue by way of a zero.
unsigned char label_at(const PieceTrie::Entry& entry, std::size_t depth) {
  if (!entry.continues) return static_cast<unsigned char>(entry.piece[depth]);
  return depth == 0 ? 0 : static_cast<unsigned char>(entry.piece[depth - 1]);
}

std::size_t length(const PieceTrie::Entry& entry) {
  return entry.piece.size() + (entry.continues ? 1 : 0);
}

bool same(const PieceTrie::Entry& one, const PieceTrie::Entry& other) {
  return one.continues == other.continues && one.piece == other.piece;
}

// Those that continue come first, as their zero does.
bool before(const PieceTrie::Entry& one, const PieceTrie::Entry& other) {
  if (one.continues != other.continues) return one.continues;
  return one.piece < other.piece;
}

// Turns sorted entries into nodes, level by level.
std::vector<Node> make_nodes(const std::vector<PieceTrie::Entry>& entries, std::uint32_t no_id) {
  struct Part {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
  };
  std::vector<Node> nodes = {{.id = no_id}};
  std::vector<Part> parts = {{0, entries.size(), 0}};  // of each node: the entries below it
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    auto [begin, end, depth] = parts[at];
    if (begin < end && length(entries[begin]) == depth) nodes[at].id = entries[begin++].id;
    nodes[at].first_child = static_cast<std::uint32_t>(nodes.size());
    while (begin < end) {
      const unsigned char label = label_at(entries[begin], depth);
      std::size_t next = begin;
      while (next < end && label_at(entries[next], depth) == label) ++next;
      nodes.push_back({.id = no_id, .label = label});
      parts.push_back({begin, next, depth + 1});
      ++nodes[at].children;
      begin = next;
    }
  }
  return nodes;
}

// Numbered slots of which some are taken.
class SlotSet {
 public:
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(words_.size() * 64);
  }
  void grow() { words_.resize(words_.size() + kBlock / 64); }
  void take(std::uint32_t slot) { words_[slot / 64] |= std::uint64_t{1} << slot % 64; }
  [[nodiscard]] bool taken(std::uint32_t slot) const {
    return (words_[slot / 64] >> slot % 64 & 1) != 0;
  }

  // The first free slot from `slot` on, or size().
  [[nodiscard]] std::uint32_t free_from(std::uint32_t slot) const {
    std::size_t word = slot / 64;
    if (word >= words_.size()) return size();
    std::uint64_t free = ~words_[word] & (~std::uint64_t{0} << slot % 64);
    while (free == 0) {
      if (++word == words_.size()) return size();
      free = ~words_[word];
    }
    return static_cast<std::uint32_t>(word * 64) +
           static_cast<std::uint32_t>(std::countr_zero(free));
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace

// Places the children of all nodes, the largest families first: the gaps that they leave are
// filled by only children.
class PieceTrie::Builder {
 public:
  explicit Builder(std::vector<Node> nodes) : nodes_(std::move(nodes)), bases_(nodes_.size()) {
    grow();
    bases_used_.take(0);  // means: no children
  }

  // False if there is no room.
  bool place_all() {
    std::vector<std::vector<std::uint32_t>> by_size(kBlock + 1);
    for (std::uint32_t at = 0; at < nodes_.size(); ++at) by_size[nodes_[at].children].push_back(at);
    for (std::uint32_t size = kBlock; size > 0; --size) {
      cursor_ = first_free_ = slots_.free_from(first_free_);
      for (const std::uint32_t at : by_size[size]) {
        bases_[at] = find_base(nodes_[at]);
        if (slots_.size() > kMostSlots) return false;
      }
    }
    return true;
  }

  void write(PieceTrie* trie) const {
    trie->slots_.resize(slots_.size());
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      for (std::uint32_t i = 0; i < nodes_[at].children; ++i) {
        const std::uint32_t child = nodes_[at].first_child + i;
        Slot& slot = trie->slots_[bases_[at] ^ nodes_[child].label];
        slot.base = bases_[child] & (kMostSlots - 1);
        slot.label = nodes_[child].label;
        slot.id = nodes_[child].id;
      }
    }
    trie->base_ = bases_[0];
    const bool continues = nodes_.size() > 1 && nodes_[1].label == 0;
    trie->continuing_base_ = continues ? bases_[1] : 0;
  }

 private:
  // Each free slot is tried once for all families of a size.
  std::uint32_t find_base(const Node& node) {
    const unsigned char first = nodes_[node.first_child].label;
    for (;; ++cursor_) {
      cursor_ = slots_.free_from(cursor_);
      if (cursor_ == slots_.size()) grow();
      if (fits(node, cursor_ ^ first)) return take(node, cursor_ ^ first);
    }
  }

  [[nodiscard]] bool fits(const Node& node, std::uint32_t base) const {
    if (bases_used_.taken(base)) return false;
    for (std::uint32_t i = 0; i < node.children; ++i) {
      if (slots_.taken(base ^ nodes_[node.first_child + i].label)) return false;
    }
    return true;
  }

  std::uint32_t take(const Node& node, std::uint32_t base) {
    bases_used_.take(base);
    for (std::uint32_t i = 0; i < node.children; ++i) {
      slots_.take(base ^ nodes_[node.first_child + i].label);
    }
    return base;
  }

  void grow() {
    slots_.grow();
    bases_used_.grow();
  }

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> bases_;  // of each node
  SlotSet slots_;
  SlotSet bases_used_;
  std::uint32_t first_free_ = 0;
  std::uint32_t cursor_ = 0;  // where families of the present size are tried from
};

base::Result<PieceTrie> PieceTrie::build(std::vector<Entry> entries) {
  std::ranges::sort(entries, before);
  const auto twin = std::ranges::adjacent_find(entries, same);
  if (twin != entries.end()) {
    return base::fail(base::ErrorKind::kCorrupt, "pieces " + std::to_string(twin->id) + " and " +
                                                     std::to_string(std::next(twin)->id) +
                                                     " (counted from 0) are the same");
  }
  Builder builder(make_nodes(entries, kNoPiece));
  if (!builder.place_all()) {
    return base::fail(base::ErrorKind::kTooLarge, "the pieces need more than 16 million nodes");
  }
  PieceTrie trie;
  builder.write(&trie);
  return trie;
}

}  // namespace dss::tokenizer
