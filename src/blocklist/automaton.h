// Aho and Corasick's automaton: all of many sequences found in one walk, in time linear in the
// walk's length and the matches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace dss::blocklist {

/// First add() each sequence, then finish(); from then on immutable and thread-safe.
class Automaton {
 public:
  using Symbol = std::uint32_t;
  using State = std::uint32_t;
  static constexpr State kStart = 0;
  /// Of next_match: no further one.
  static constexpr State kNone = UINT32_MAX;

  /// `value` is told for each match. REQUIRES: not empty.
  void add(std::span<const Symbol> sequence, std::uint32_t value);
  void finish();
  [[nodiscard]] bool empty() const { return nodes_.size() == 1; }

  [[nodiscard]] State step(State state, Symbol symbol) const;
  /// Calls found(value, length) for every sequence that ends in `state`.
  template <typename Found>
  void matches(State state, Found&& found) const {
    if (nodes_[state].values.empty()) state = nodes_[state].shorter_match;
    for (; state != kNone; state = nodes_[state].shorter_match) {
      for (const std::uint32_t value : nodes_[state].values) found(value, nodes_[state].depth);
    }
  }

 private:
  struct Node {
    std::uint32_t depth = 0;
    State parent = kNone;
    Symbol symbol = 0;            // from the parent
    State fallback = kStart;      // the longest proper suffix that is a prefix of a sequence
    State shorter_match = kNone;  // the next state on the way of fallbacks that has values
    std::vector<std::uint32_t> values;
  };
  // Slots of an open hash table; a key of no edge marks a free one.
  struct Edge {
    std::uint64_t key = UINT64_MAX;
    State to = kNone;
  };
  [[nodiscard]] State child(State state, Symbol symbol) const;
  void make_table();
  void make_fallbacks();

  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::unordered_map<std::uint64_t, State> growing_;
  std::vector<Edge> edges_;
};

}  // namespace dss::blocklist
