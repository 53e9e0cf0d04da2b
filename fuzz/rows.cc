// Rows of POST /analyze/batch and of dss score: every row has a text in valid UTF-8 or a reason,
// and where the stream is cut between rows makes no difference.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "json/reader.h"
#include "records/row_reader.h"

namespace {

using namespace dss::records;

Chunk chunk_of(std::string_view rows, std::size_t first_line) {
  Chunk chunk;
  chunk.first_line = first_line;
  chunk.bytes = std::string(rows) + std::string(dss::json::kPadding, '\0');
  chunk.size = rows.size();
  return chunk;
}

void read(const Schema& schema, const Chunk& chunk, std::vector<std::string>* out) {
  RowReader reader(&schema);
  reader.start(chunk);
  for (Row row; reader.next(&row);) {
    if (row.error.empty() == row.text.empty()) std::abort();
    if (!dss::base::is_valid_utf8(row.text)) std::abort();
    out->push_back(std::to_string(row.line) + row.error + std::string(row.text));
  }
}

void read_csv(std::string_view bytes) {
  Schema schema{.format = InputFormat::kCsv};
  Chunk chunk = chunk_of(bytes, 1);
  std::vector<std::string> rows;
  if (read_csv_header(&chunk, &schema)) read(schema, chunk, &rows);
}

}  // namespace

// The first byte says where the rest is cut, in 256ths, and by its lowest bit what it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  read_csv(bytes);
  const Schema schema{.format = data[0] % 2 == 0 ? InputFormat::kNdjson : InputFormat::kLines};
  std::vector<std::string> whole;
  read(schema, chunk_of(bytes, 1), &whole);
  const std::size_t newline = bytes.find('\n', bytes.size() * data[0] / 256);
  if (newline == std::string_view::npos) return 0;
  const std::string_view front = bytes.substr(0, newline + 1);
  const auto lines = static_cast<std::size_t>(std::count(front.begin(), front.end(), '\n'));
  std::vector<std::string> parts;
  read(schema, chunk_of(front, 1), &parts);
  read(schema, chunk_of(bytes.substr(newline + 1), 1 + lines), &parts);
  if (parts != whole) std::abort();
  return 0;
}
