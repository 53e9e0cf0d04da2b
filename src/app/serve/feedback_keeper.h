// Feedback from the protocols to the database.
#pragma once

#include <memory>

#include "api/feedback.h"
#include "app/feedback_settings.h"
#include "log/logger.h"
#include "metrics/feedback_metrics.h"
#include "store/feedback_key.h"
#include "store/feedback_writer.h"

namespace dss::app {

/// Thread-safe.
class FeedbackKeeper {
 public:
  /// Without settings nothing is kept. Reads, or makes, the key file; the database itself may come
  /// later. `metrics` and `logger` must outlive this object. Errors as store::FeedbackKey.
  static base::Result<std::unique_ptr<FeedbackKeeper>> open(
      const std::optional<FeedbackSettings>& settings, const metrics::FeedbackMetrics* metrics,
      log::Logger* logger);

  /// Hashes what is to be hashed and queues the rest; text and client token go no further.
  api::FeedbackFate take(const api::Feedback& feedback);
  [[nodiscard]] std::size_t queued() const { return writer_ ? writer_->queued() : 0; }

 private:
  explicit FeedbackKeeper(const metrics::FeedbackMetrics* metrics) : metrics_(metrics) {}
  api::FeedbackFate not_kept(metrics::FeedbackResult result, api::FeedbackFate fate) const;
  [[nodiscard]] store::Entry entry_of(const api::Feedback& feedback) const;

  const metrics::FeedbackMetrics* metrics_;
  bool keep_text_ = false;
  std::optional<store::FeedbackKey> key_;
  std::unique_ptr<store::FeedbackWriter> writer_;  ///< null: nothing is kept
};

}  // namespace dss::app
