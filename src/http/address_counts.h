// How many connections each client network has open.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dss::http {

/// Thread-safe.
class AddressCounts {
 public:
  /// Counts one more, unless there are `most` already.
  [[nodiscard]] bool try_add(std::string_view network, std::uint64_t most) {
    const std::lock_guard lock(mutex_);
    std::uint64_t& count = counts_[std::string(network)];
    if (count >= most) return false;
    ++count;
    return true;
  }
  /// REQUIRES: a successful try_add().
  void remove(std::string_view network) {
    const std::lock_guard lock(mutex_);
    const auto at = counts_.find(std::string(network));
    if (--at->second == 0) counts_.erase(at);
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::uint64_t> counts_;
};

}  // namespace dss::http
