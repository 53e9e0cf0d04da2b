// The keys that a running server knows: a copy in memory that is brought up to date beside the
// requests.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "auth/key.h"
#include "auth/key_set.h"
#include "base/result.h"

namespace dss::auth {

/// Thread-safe. No request waits for the store. While the store cannot be read the last copy stays
/// in force: keys that were known still work, changes do not arrive.
class KeyRing {
 public:
  using Read = std::function<base::Result<std::vector<Key>>()>;
  struct Config {
    Read read;  ///< all keys; called by one thread at a time
    std::chrono::milliseconds every{10'000};
    const base::Clock* clock = nullptr;
    /// Told after each change between success and failure, and of the first reading; from the
    /// ring's own thread or reload()'s caller. May be empty.
    std::function<void(const base::Status&, std::size_t usable)> observe{};
  };
  /// Reads the keys once and starts the thread that reads them again. Errors as of `read`.
  static base::Result<std::unique_ptr<KeyRing>> open(Config config);
  ~KeyRing();
  KeyRing(const KeyRing&) = delete;
  KeyRing& operator=(const KeyRing&) = delete;

  /// As KeySet::find().
  [[nodiscard]] std::optional<Principal> find(std::string_view secret) const;
  /// Reads them now.
  base::Status reload();

 private:
  explicit KeyRing(Config config) : config_(std::move(config)) {}
  void run();

  const Config config_;
  std::mutex reading_;  ///< held while the store is read
  bool failing_ = false;
  bool reported_ = false;
  mutable std::mutex mutex_;  ///< guards keys_ and ending_
  std::condition_variable ending_changed_;
  bool ending_ = false;
  std::shared_ptr<const KeySet> keys_;
  std::thread thread_;
};

}  // namespace dss::auth
