// Rows that are finished in any order leave in the order in which they came.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "http/stream.h"

namespace dss::api::native {

/// Thread-safe.
class RowOrder {
 public:
  explicit RowOrder(std::shared_ptr<http::StreamWriter> writer) : writer_(std::move(writer)) {}

  /// A place for the next row.
  std::size_t open() {
    const std::lock_guard lock(mutex_);
    rows_.emplace_back();
    return first_ + rows_.size() - 1;
  }
  /// What stands in that place, with its line end. Writes what is next.
  void fill(std::size_t place, std::string row) {
    const std::lock_guard lock(mutex_);
    rows_[place - first_] = std::move(row);
    std::string ready;
    while (!rows_.empty() && rows_.front()) {
      ready += *rows_.front();
      rows_.pop_front();
      ++first_;
    }
    if (!ready.empty()) writer_->write(ready);
    if (rows_.empty() && closed_) writer_->finish();
  }
  /// No row follows: the answer ends with the last one.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    if (rows_.empty()) writer_->finish();
  }
  /// Rows under way.
  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return rows_.size();
  }
  [[nodiscard]] bool client_gone() const { return writer_->client_gone(); }

 private:
  mutable std::mutex mutex_;
  const std::shared_ptr<http::StreamWriter> writer_;
  std::deque<std::optional<std::string>> rows_;
  std::size_t first_ = 0;  ///< place of rows_.front()
  bool closed_ = false;
};

}  // namespace dss::api::native
