// The record of processing activities that Article 30 of the GDPR asks for, made from the settings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/serve_settings.h"

namespace dss::app {

enum class RecordLanguage : std::uint8_t { kEnglish, kFrench };

/// "en" or "fr", also as the begin of a longer tag.
[[nodiscard]] std::optional<RecordLanguage> record_language(std::string_view tag);

struct RecordSection {
  std::string_view id;         ///< the same in every language
  std::string_view paragraph;  ///< of Article 30
  std::string title;
  std::vector<std::string> lines;
};

struct ProcessingRecord {
  RecordLanguage language = RecordLanguage::kEnglish;
  std::string title;
  std::vector<RecordSection> sections;
};

/// What a server with these settings does with personal data: for whom, what for, which, who gets
/// them, how long, how protected. Names no file, no address and no secret.
[[nodiscard]] ProcessingRecord processing_record(const ServeSettings& settings,
                                                 RecordLanguage language);

[[nodiscard]] std::string record_markdown(const ProcessingRecord& record);
/// {"article", "language", "title", "generated_by", "sections": [{"id", "paragraph", "title",
/// "lines"}]}
[[nodiscard]] std::string record_json(const ProcessingRecord& record);

}  // namespace dss::app
