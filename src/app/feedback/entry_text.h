// Feedback entries as lines of CSV and NDJSON.
#pragma once

#include <string>

#include "store/feedback.h"

namespace dss::app {

/// `number,id,received_at,…` with a newline.
[[nodiscard]] std::string feedback_csv_header();
/// One line; labels and scores are JSON objects in a cell, what is absent is an empty cell.
void append_feedback_csv(const store::Numbered& numbered, std::string* out);
/// One line: a JSON object; what is absent is left out.
void append_feedback_ndjson(const store::Numbered& numbered, std::string* out);

}  // namespace dss::app
