// Scores every row of a stream, on all cores and in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/backend.h"
#include "app/score/progress_bar.h"
#include "base/result.h"
#include "records/byte_source.h"
#include "records/chunk_reader.h"
#include "records/format.h"
#include "scoring/engine.h"
#include "weights/card.h"

namespace dss::app {

enum class BulkOutput : std::uint8_t { kTable, kCsv, kNdjson };

struct BulkOptions {
  records::InputFormat input = records::InputFormat::kText;
  BulkOutput output = BulkOutput::kNdjson;
  std::string text_name = "text";
  std::string model = "simple";
  std::string nest{};  ///< as ScoreFields
  std::size_t workers = 1;
  bool colour = false;
  std::vector<float> thresholds{};  ///< per label, for the table
};

struct BulkSummary {
  std::uint64_t rows = 0;
  std::uint64_t failed = 0;    ///< error rows
  std::uint64_t replaced = 0;  ///< rows that lost members or columns of the added names
  std::uint64_t first_failed_line = 0;
  std::string first_failure;
};

/// Reads `reader` to its end and writes to standard output. Rows that fail keep their place; errors
/// are those of reading and writing. Memory does not grow with the file.
///   card   of the model that scores
[[nodiscard]] base::Result<BulkSummary> score_rows(
    const api::Backend& backend, const weights::Card& card, const BulkOptions& options,
    records::ByteSource* source, records::ChunkReader* reader, ProgressBar* progress);

}  // namespace dss::app
