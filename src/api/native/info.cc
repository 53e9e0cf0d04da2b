#include "api/native/info.h"

#include "api/native/score_request.h"
#include "json/writer.h"

namespace dss::api::native {
namespace {

// `threshold` is the one in force; the card's own stands in `card`.
void write_labels(const std::vector<weights::Label>& labels, const policy::Thresholds& operators,
                  json::Writer* writer) {
  writer->key("labels").begin_array();
  for (const weights::Label& label : labels) {
    const float threshold = policy::threshold_of(
        {.name = label.name, .card_threshold = label.threshold}, operators, {});
    writer->begin_object();
    writer->key("name").string(label.name).key("threshold").number(threshold);
    writer->end_object();
  }
  writer->end_array();
}

void write_card(const weights::Card& card, const policy::Thresholds& operators,
                json::Writer* writer) {
  writer->key("id").string(card.id);
  writer->key("version").string(card.version);
  writer->key("format").string(card.format);
  writer->key("sha256").string(card.sha256);
  writer->key("size_bytes").unsigned_integer(card.file_bytes);
  writer->key("languages").begin_array();
  for (const std::string& language : card.languages) writer->string(language);
  writer->end_array();
  writer->key("limits").begin_object();
  writer->key("min_characters").unsigned_integer(1);
  writer->key("max_characters").unsigned_integer(kMaxCharacters);
  writer->end_object();
  write_labels(card.labels, operators, writer);
  writer->key("card").raw(card.json);
}

void write_model(const scoring::ModelState& state, const policy::Thresholds& operators,
                 json::Writer* writer) {
  writer->begin_object();
  writer->key("name").string(state.name);
  writer->key("loaded").boolean(state.loaded);
  if (state.loaded) {
    writer->key("memory_bytes").unsigned_integer(state.memory_bytes);
    writer->key("load_seconds").number(state.load_seconds);
  }
  if (state.card != nullptr) write_card(*state.card, operators, writer);
  writer->end_object();
}

void write_counts(const StatsSnapshot& counts, json::Writer* writer) {
  const auto refused = [&counts](Refusal refusal) {
    return counts.refusals[static_cast<std::size_t>(refusal)];
  };
  const std::uint64_t validation = refused(Refusal::kValidation);
  const std::uint64_t model = refused(Refusal::kModel) + refused(Refusal::kBusy);
  const std::uint64_t server = refused(Refusal::kServer);
  writer->key("requests").begin_object();
  writer->key("total").unsigned_integer(counts.scored + validation + model + server);
  writer->key("success").unsigned_integer(counts.scored);
  writer->key("validation_error").unsigned_integer(validation);
  writer->key("model_error").unsigned_integer(model);
  writer->key("server_error").unsigned_integer(server);
  writer->end_object();
}

}  // namespace

http::Response root(const Service& service) {
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("name").string("Digital Social Score");
  writer.key("version").string(service.version);
  writer.key("links").begin_object();
  for (const auto& [name, path] :
       {std::pair<std::string_view, std::string_view>{"analyze", "/analyze"},
        {"docs", "/docs"},
        {"openapi", "/openapi.json"},
        {"health", "/health"},
        {"models", "/models/info"}}) {
    writer.key(name).string(path);
  }
  if (service.operator_routes_on_public) {
    writer.key("stats").string("/stats");
    writer.key("metrics").string("/metrics");
    writer.key("dashboard").string("/dashboard");
  }
  writer.end_object().end_object();
  return response;
}

http::Response models_info(const Service& service) {
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("default_model").string(service.default_model);
  writer.key("models").begin_array();
  for (const scoring::ModelState& state : service.backend.models()) {
    write_model(state, service.thresholds, &writer);
  }
  writer.end_array().end_object();
  return response;
}

http::Response stats(const Service& service) {
  const StatsSnapshot counts = service.stats->snapshot();
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("since").string(base::iso8601(service.started_at));
  writer.key("uptime_seconds")
      .number(base::seconds_between(service.started, service.clock->steady()));
  write_counts(counts, &writer);
  // No mean of nothing: absent until there is a text.
  if (counts.scored > 0) writer.key("mean_score").number(counts.mean_score());
  writer.key("levels").begin_object();
  for (std::size_t i = 0; i < kLevelCount; ++i) {
    writer.key(kLevelNames[i]).unsigned_integer(counts.levels[i]);
  }
  writer.end_object().end_object();
  return response;
}

}  // namespace dss::api::native
