// How much of a queue one account may hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace dss::batching {

/// A dynamic threshold (Choudhury, Hahne 1998): an account may hold at most as much as is free. One
/// alone gets half of the queue, n that all want more get 1/(n+1) each, and there is always room
/// for another. Who holds nothing is let in whatever it asks for; the queue itself then decides.
/// Thread-safe.
class FairShare {
 public:
  explicit FairShare(std::size_t capacity) : capacity_(capacity) {}

  /// Whether the account may hold `amount` more; if so it does, until leave(). Account 0 stands for
  /// those who are not told apart and is always let in.
  [[nodiscard]] bool enter(std::uint64_t account, std::size_t amount);
  /// REQUIRES: enter() with the same arguments answered true.
  void leave(std::uint64_t account, std::size_t amount);

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::size_t held_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> by_account_;
};

}  // namespace dss::batching
