#include "app/feedback/entry_text.h"

#include "base/clock.h"
#include "json/writer.h"
#include "records/csv.h"
#include "store/ratings.h"

namespace dss::app {

std::string feedback_csv_header() {
  return "number,id,received_at,text_hash,labels,scores,model,model_version,comment_id,"
         "community_id,client_hash,text\n";
}

void append_feedback_csv(const store::Numbered& numbered, std::string* out) {
  const store::Entry& entry = numbered.entry;
  *out += std::to_string(numbered.number);
  for (const std::string& field :
       {entry.id, base::iso8601(entry.received), entry.text_hash, store::ratings_json(entry.labels),
        store::ratings_json(entry.scores), entry.model, entry.model_version, entry.comment_id,
        entry.community_id, entry.client_hash, entry.text.value_or("")}) {
    *out += ',';
    records::append_csv_field(field, out);
  }
  *out += '\n';
}

void append_feedback_ndjson(const store::Numbered& numbered, std::string* out) {
  const store::Entry& entry = numbered.entry;
  json::Writer writer(out);
  writer.begin_object();
  writer.key("number").integer(numbered.number);
  writer.key("id").string(entry.id);
  writer.key("received_at").string(base::iso8601(entry.received));
  writer.key("text_hash").string(entry.text_hash);
  writer.key("labels").raw(store::ratings_json(entry.labels));
  if (!entry.scores.empty()) writer.key("scores").raw(store::ratings_json(entry.scores));
  const auto optional = [&writer](std::string_view name, const std::string& value) {
    if (!value.empty()) writer.key(name).string(value);
  };
  optional("model", entry.model);
  optional("model_version", entry.model_version);
  optional("comment_id", entry.comment_id);
  optional("community_id", entry.community_id);
  optional("client_hash", entry.client_hash);
  optional("text", entry.text.value_or(""));
  writer.end_object();
  *out += '\n';
}

}  // namespace dss::app
