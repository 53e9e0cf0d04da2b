#include "app/serve/feedback_keeper.h"

#include "auth/principal.h"
#include "crypto/random.h"

namespace dss::app {
namespace {

using metrics::FeedbackResult;

constexpr std::size_t kIdBytes = 16;

FeedbackResult result_of(store::Kept kept) {
  if (kept == store::Kept::kKept) return FeedbackResult::kKept;
  return kept == store::Kept::kDropped ? FeedbackResult::kDropped : FeedbackResult::kFailed;
}

std::vector<store::Rating> copied(const std::vector<api::Rating>& ratings) {
  std::vector<store::Rating> out;
  out.reserve(ratings.size());
  for (const api::Rating& rating : ratings) out.push_back({std::string(rating.name), rating.value});
  return out;
}

store::FeedbackWriter::Config writer_config(const FeedbackSettings& settings,
                                            const metrics::FeedbackMetrics* metrics,
                                            log::Logger* logger) {
  store::FeedbackWriter::Config config;
  config.open = [location = settings.location] { return store::open_feedback(location); };
  config.texts_kept = settings.texts_kept;
  config.entries_kept = settings.entries_kept;
  config.clock = &base::system_clock();
  config.observe = [metrics](store::Kept kept, std::size_t count) {
    metrics->count(result_of(kept), count);
  };
  config.logger = logger;
  return config;
}

}  // namespace

base::Result<std::unique_ptr<FeedbackKeeper>> FeedbackKeeper::open(
    const std::optional<FeedbackSettings>& settings, const metrics::FeedbackMetrics* metrics,
    log::Logger* logger) {
  auto keeper = std::unique_ptr<FeedbackKeeper>(new FeedbackKeeper(metrics));
  if (!settings) return keeper;
  auto key = store::FeedbackKey::read_or_create(settings->key_file);
  if (!key) return base::fail(key.error());
  keeper->key_ = std::move(*key);
  keeper->keep_text_ = settings->keep_text;
  keeper->writer_ =
      std::make_unique<store::FeedbackWriter>(writer_config(*settings, metrics, logger));
  const std::string shown = settings->location.shown();
  logger->info("feedback is kept",
               {{"store", std::string_view(shown)}, {"texts", settings->keep_text}});
  return keeper;
}

api::FeedbackFate FeedbackKeeper::not_kept(FeedbackResult result, api::FeedbackFate fate) const {
  metrics_->count(result);
  return fate;
}

store::Entry FeedbackKeeper::entry_of(const api::Feedback& feedback) const {
  store::Entry entry{
      .id = crypto::random_hex(kIdBytes),
      .received = base::system_clock().system(),
      .text_hash = key_->text_hash(feedback.text),
      .labels = copied(feedback.labels),
      .scores = copied(feedback.scores),
      .model = std::string(feedback.model),
      .model_version = std::string(feedback.model_version),
      .comment_id = std::string(feedback.comment_id),
      .community_id = std::string(feedback.community_id),
      .client_hash = key_->client_hash(feedback.client_token, auth::bytes_of(feedback.tenant))};
  if (keep_text_) entry.text = std::string(feedback.text);
  return entry;
}

api::FeedbackFate FeedbackKeeper::take(const api::Feedback& feedback) {
  using enum api::FeedbackFate;
  if (feedback.do_not_store) return not_kept(FeedbackResult::kNotWanted, kNotWanted);
  if (writer_ == nullptr) return not_kept(FeedbackResult::kNotConfigured, kNotConfigured);
  return writer_->offer(entry_of(feedback)) ? kTaken : kNoRoom;
}

}  // namespace dss::app
