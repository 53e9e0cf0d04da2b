#include "blocklist/automaton.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace dss::blocklist {
namespace {

std::uint64_t key_of(Automaton::State state, Automaton::Symbol symbol) {
  return (std::uint64_t{state} << 32) | symbol;
}

std::size_t slot_of(std::uint64_t key, std::size_t slots) {
  // Fibonacci hashing: the product's high bits depend on all bits of the key.
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> (64 - std::countr_zero(slots)));
}

}  // namespace

void Automaton::add(std::span<const Symbol> sequence, std::uint32_t value) {
  State state = kStart;
  for (const Symbol symbol : sequence) {
    const auto [edge, fresh] =
        growing_.try_emplace(key_of(state, symbol), static_cast<State>(nodes_.size()));
    if (fresh) {
      nodes_.push_back(
          {.depth = nodes_[state].depth + 1, .parent = state, .symbol = symbol, .values = {}});
    }
    state = edge->second;
  }
  nodes_[state].values.push_back(value);
}

void Automaton::finish() {
  make_table();
  make_fallbacks();
}

void Automaton::make_table() {
  edges_.assign(std::bit_ceil(2 * growing_.size() + 2), Edge());
  for (const auto& [key, to] : growing_) {
    std::size_t slot = slot_of(key, edges_.size());
    while (edges_[slot].key != UINT64_MAX) slot = (slot + 1) & (edges_.size() - 1);
    edges_[slot] = {.key = key, .to = to};
  }
  growing_.clear();
}

void Automaton::make_fallbacks() {
  std::vector<State> order(nodes_.size());
  std::iota(order.begin(), order.end(), State{0});
  std::stable_sort(order.begin(), order.end(),
                   [this](State a, State b) { return nodes_[a].depth < nodes_[b].depth; });
  for (const State state : order) {
    Node& node = nodes_[state];
    if (node.depth > 1) node.fallback = step(nodes_[node.parent].fallback, node.symbol);
    const Node& behind = nodes_[node.fallback];
    if (state == kStart) continue;
    node.shorter_match = behind.values.empty() ? behind.shorter_match : node.fallback;
  }
}

Automaton::State Automaton::child(State state, Symbol symbol) const {
  const std::uint64_t key = key_of(state, symbol);
  for (std::size_t slot = slot_of(key, edges_.size());; slot = (slot + 1) & (edges_.size() - 1)) {
    if (edges_[slot].key == key) return edges_[slot].to;
    if (edges_[slot].key == UINT64_MAX) return kNone;
  }
}

Automaton::State Automaton::step(State state, Symbol symbol) const {
  for (;; state = nodes_[state].fallback) {
    const State next = child(state, symbol);
    if (next != kNone) return next;
    if (state == kStart) return kStart;
  }
}

}  // namespace dss::blocklist
