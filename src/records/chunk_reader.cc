#include "records/chunk_reader.h"

#include <algorithm>

namespace dss::records {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kJsonPadding = 64;

}  // namespace

base::Result<bool> ChunkReader::read_more() {
  const auto more = source_->read_more(&pending_);
  if (!more) return more;
  ended_ = !*more;
  return more;
}

base::Result<std::string_view> ChunkReader::peek() {
  while (!started_) {
    if (pending_.size() < kByteOrderMark.size() && !ended_) {
      const auto more = read_more();
      if (!more) return base::fail(more.error());
      continue;
    }
    if (pending_.starts_with(kByteOrderMark)) pending_.erase(0, kByteOrderMark.size());
    started_ = true;
  }
  return pending_;
}

/// Behind the last row that is complete; 0 if none is.
std::size_t ChunkReader::last_row_end() {
  if (format_ == InputFormat::kText) return 0;
  if (format_ == InputFormat::kCsv) {
    for (; scanned_ < pending_.size(); ++scanned_) {
      if (csv_.ends_record(pending_[scanned_])) row_end_ = scanned_ + 1;
    }
    return row_end_;
  }
  const std::size_t newline = std::string_view(pending_).substr(scanned_).rfind('\n');
  if (newline != std::string_view::npos) row_end_ = scanned_ + newline + 1;
  scanned_ = pending_.size();
  return row_end_;
}

Chunk ChunkReader::take(std::size_t size) {
  Chunk chunk;
  chunk.index = next_index_++;
  chunk.first_line = next_line_;
  chunk.size = size;
  chunk.bytes.reserve(size + kJsonPadding);
  chunk.bytes.assign(pending_, 0, size).append(kJsonPadding, '\0');
  pending_.erase(0, size);
  scanned_ -= std::min(scanned_, size);
  row_end_ = 0;
  next_line_ +=
      static_cast<std::size_t>(std::count(chunk.rows().begin(), chunk.rows().end(), '\n'));
  return chunk;
}

base::Result<std::optional<Chunk>> ChunkReader::next() {
  const auto first = peek();
  if (!first) return base::fail(first.error());
  while (true) {
    const std::size_t end = last_row_end();
    if (end > 0) return take(end);
    if (ended_) break;
    const auto more = read_more();
    if (!more) return base::fail(more.error());
  }
  if (pending_.empty()) return std::nullopt;
  return take(pending_.size());
}

}  // namespace dss::records
