#include "app/privacy/record.h"
#include "app/version.h"
#include "json/writer.h"

namespace dss::app {

std::string record_markdown(const ProcessingRecord& record) {
  std::string text = "# " + record.title + "\n";
  for (const RecordSection& section : record.sections) {
    text += "\n## " + section.title + "\n\n";
    for (const std::string& line : section.lines) text += "- " + line + "\n";
  }
  return text;
}

std::string record_json(const ProcessingRecord& record) {
  std::string text;
  json::Writer writer(&text);
  writer.begin_object();
  writer.key("article").string("GDPR Article 30(1)");
  writer.key("language").string(record.language == RecordLanguage::kFrench ? "fr" : "en");
  writer.key("title").string(record.title);
  writer.key("generated_by").string("dss " + std::string(version()));
  writer.key("sections").begin_array();
  for (const RecordSection& section : record.sections) {
    writer.begin_object();
    writer.key("id").string(section.id);
    writer.key("paragraph").string(section.paragraph);
    writer.key("title").string(section.title);
    writer.key("lines").begin_array();
    for (const std::string& line : section.lines) writer.string(line);
    writer.end_array().end_object();
  }
  writer.end_array().end_object();
  return text;
}

}  // namespace dss::app
