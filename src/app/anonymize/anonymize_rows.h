// Rewrites the personal data in every row of a stream, on all cores and in order.
#pragma once

#include <cstdint>
#include <string>

#include "app/score/progress_bar.h"
#include "base/result.h"
#include "personal/rewrite.h"
#include "records/byte_source.h"
#include "records/chunk_reader.h"
#include "records/format.h"

namespace dss::app {

struct AnonymizeOptions {
  records::InputFormat input = records::InputFormat::kLines;
  std::string text_name = "text";
  personal::Strategy strategy = personal::Strategy::kMask;
  personal::KindSet kinds = personal::KindSet::all();
  const personal::HashKey* key = nullptr;  ///< of kHash
  std::size_t workers = 1;
};

struct AnonymizeSummary {
  std::uint64_t rows = 0;
  std::uint64_t entities = 0;
  std::uint64_t failed = 0;  ///< error rows
  std::uint64_t first_failed_line = 0;
  std::string first_failure;
};

/// Reads `reader` to its end and writes to standard output in the input's format. Of NDJSON and CSV
/// the text is replaced and `entities` added; other members and columns are left as they are. Lines
/// and a whole text come back as they were but for what was found. Rows that fail keep their place.
/// Memory does not grow with the input, unless it is one text. Errors are those of reading and
/// writing.
[[nodiscard]] base::Result<AnonymizeSummary> anonymize_rows(const AnonymizeOptions& options,
                                                            records::ByteSource* source,
                                                            records::ChunkReader* reader,
                                                            ProgressBar* progress);

}  // namespace dss::app
