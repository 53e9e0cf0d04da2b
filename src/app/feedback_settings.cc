#include "app/feedback_settings.h"

namespace dss::app {
namespace {

using base::ErrorKind;
using store::Location;

base::Result<std::string> key_file(const config::Settings& settings, const Location& location) {
  if (settings.has("feedback.key-file")) return settings.text("feedback.key-file");
  if (location.kind == Location::Kind::kSqlite) return location.value + ".key";
  return base::fail(ErrorKind::kInvalidArgument,
                    "feedback.key-file is missing: with PostgreSQL all servers share one; make it "
                    "with 'openssl rand -hex 32'");
}

}  // namespace

base::Result<std::optional<FeedbackSettings>> feedback_settings(const config::Settings& settings,
                                                                bool needs_key) {
  if (!settings.has("feedback.store")) return std::nullopt;
  auto location = store::parse_location(settings.text("feedback.store"));
  if (!location) {
    return base::fail(ErrorKind::kInvalidArgument, "feedback.store: " + location.error().message);
  }
  auto key = key_file(settings, *location);
  if (!key && needs_key) return base::fail(key.error());
  FeedbackSettings feedback{
      .location = std::move(*location),
      .key_file = key.value_or(std::string()),
      .keep_text = settings.enabled("feedback.keep-text"),
      .texts_kept = std::chrono::days(settings.integer("feedback.retention-days"))};
  if (settings.has("feedback.entry-retention-days")) {
    feedback.entries_kept = std::chrono::days(settings.integer("feedback.entry-retention-days"));
  }
  return feedback;
}

}  // namespace dss::app
