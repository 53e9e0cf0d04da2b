#include "api/native/anonymize.h"

#include "api/native/anonymize_request.h"
#include "api/native/error.h"
#include "api/native/json_body.h"
#include "base/utf8.h"
#include "personal/detect.h"

namespace dss::api::native {
namespace {

http::Response no_key(const base::Clock& clock) {
  return error_response({.status = 409,
                         .code = "hash_key_missing",
                         .message = "This server has no key to hash under (privacy.hash-key-file); "
                                    "ask its operator for one, or use mask or drop."},
                        clock);
}

}  // namespace

void write_entities(std::string_view text, const personal::Entities& entities,
                    json::Writer* writer) {
  base::CodePointCounter counter(text);
  writer->begin_array();
  for (const personal::Entity& entity : entities) {
    writer->begin_object();
    writer->key("kind").string(personal::name_of(entity.kind));
    writer->key("begin").unsigned_integer(counter.at(entity.begin));
    writer->key("end").unsigned_integer(counter.at(entity.end));
    writer->end_object();
  }
  writer->end_array();
}

http::Response anonymize(const Service& service, const http::Request& request) {
  if (auto refusal = refuse_body_type(request, *service.clock)) return std::move(*refusal);
  const auto wanted = parse_anonymize_request(request.body, &json::thread_reader());
  if (!wanted) return issues_response("validation_error", wanted.error(), *service.clock);
  const personal::HashKey* key = service.hash_key.get();
  if (wanted->strategy == personal::Strategy::kHash && key == nullptr) {
    return no_key(*service.clock);
  }
  const personal::Entities entities = personal::detect(wanted->text, wanted->kinds);
  if (service.personal_found) service.personal_found(entities);
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("text").string(personal::rewritten(wanted->text, entities, wanted->strategy, key));
  write_entities(wanted->text, entities, &writer.key("entities"));
  writer.key("offsets").string("code points").end_object();
  return response;
}

}  // namespace dss::api::native
