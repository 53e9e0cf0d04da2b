#include "app/eval/csv_table.h"

#include <algorithm>
#include <utility>

#include "records/byte_source.h"
#include "records/csv.h"

namespace dss::app {
namespace {

base::Result<std::string> read_whole(const std::string& path) {
  auto source = records::ByteSource::open(path);
  if (!source) return base::fail(source.error());
  std::string bytes;
  while (true) {
    const auto more = (*source)->read_more(&bytes);
    if (!more) return base::fail(more.error());
    if (!*more) return bytes;
  }
}

}  // namespace

base::Result<CsvTable> CsvTable::read(const std::string& path) {
  const auto bytes = read_whole(path);
  if (!bytes) return base::fail(bytes.error());
  CsvTable table;
  table.path_ = path;
  const auto corrupt = [&](const std::string& cause) {
    return base::fail(base::ErrorKind::kCorrupt, path + ": " + cause);
  };
  for (std::string_view rest = *bytes; !rest.empty();) {
    const records::CsvRecord record = records::first_csv_record(rest);
    rest.remove_prefix(record.raw.size() + record.newline.size());
    auto cells = records::split_csv(record.raw);
    if (!cells) return corrupt(cells.error().message);
    if (table.header_.empty()) {
      table.header_ = std::move(*cells);
    } else if (cells->size() == table.header_.size()) {
      table.rows_.push_back(std::move(*cells));
    } else {
      return corrupt("record " + std::to_string(table.rows_.size() + 2) + " has " +
                     std::to_string(cells->size()) + " cells; the header has " +
                     std::to_string(table.header_.size()));
    }
  }
  if (table.header_.empty()) return corrupt("no header row");
  return table;
}

base::Result<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(header_, name);
  if (found == header_.end()) {
    return base::fail(base::ErrorKind::kCorrupt,
                      path_ + ": no column called '" + std::string(name) + "'");
  }
  return static_cast<std::size_t>(found - header_.begin());
}

base::Result<std::vector<std::string>> read_lines(const std::string& path) {
  const auto bytes = read_whole(path);
  if (!bytes) return base::fail(bytes.error());
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < bytes->size();) {
    const std::size_t end = std::min(bytes->find('\n', begin), bytes->size());
    std::string line = bytes->substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

}  // namespace dss::app
