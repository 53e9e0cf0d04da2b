#include "api/tei/info.h"

#include "api/tei/classification.h"

namespace dss::api::tei {
namespace {

void write_labels(const weights::Card& card, json::Writer* writer) {
  writer->key("model_type").begin_object().key("classifier").begin_object();
  writer->key("id2label").begin_object();
  for (std::size_t i = 0; i < card.labels.size(); ++i) {
    writer->key(std::to_string(i)).string(card.labels[i].name);
  }
  writer->end_object().key("label2id").begin_object();
  for (std::size_t i = 0; i < card.labels.size(); ++i) {
    writer->key(card.labels[i].name).unsigned_integer(i);
  }
  writer->end_object().end_object().end_object();
}

}  // namespace

http::Response info(const Service& service) {
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  for (const scoring::ModelState& state : service.backend.models()) {
    if (state.name != service.protocol_model || !state.loaded) continue;
    writer.key("model_id").string(state.card->id);
    writer.key("model_sha").string(state.card->sha256);
    write_labels(*state.card, &writer);
  }
  writer.key("max_input_length").unsigned_integer(kMostCharacters);
  writer.key("max_client_batch_size").unsigned_integer(kMostTexts);
  writer.key("auto_truncate").boolean(false);
  writer.key("version").string(service.version);
  writer.key("sha").null();
  writer.key("docker_label").null();
  writer.end_object();
  return response;
}

}  // namespace dss::api::tei
