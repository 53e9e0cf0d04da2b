#include "records/csv.h"

#include <algorithm>

namespace dss::records {
namespace {

/// Reads the quoted field whose opening quote is at `*at`; leaves `*at` behind the closing one.
base::Status read_quoted(std::string_view record, std::size_t* at, std::string* field) {
  std::size_t begin = *at + 1;
  while (true) {
    const std::size_t quote = record.find('"', begin);
    if (quote == std::string_view::npos)
      return base::fail(base::ErrorKind::kInvalidArgument, "a quoted field never ends");
    field->append(record.substr(begin, quote - begin));
    if (quote + 1 < record.size() && record[quote + 1] == '"') {
      *field += '"';
      begin = quote + 2;
      continue;
    }
    *at = quote + 1;
    if (*at < record.size() && record[*at] != ',')
      return base::fail(base::ErrorKind::kInvalidArgument, "text behind a closing quote");
    return {};
  }
}

}  // namespace

CsvRecord first_csv_record(std::string_view bytes) {
  CsvScanner scanner;
  CsvRecord record{bytes, {}, 1};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (!scanner.ends_record(bytes[i])) continue;
    const std::size_t end = i > 0 && bytes[i - 1] == '\r' ? i - 1 : i;
    record.raw = bytes.substr(0, end);
    record.newline = bytes.substr(end, i + 1 - end);
    break;
  }
  record.lines += static_cast<std::size_t>(std::count(record.raw.begin(), record.raw.end(), '\n'));
  return record;
}

base::Result<std::vector<std::string>> split_csv(std::string_view record) {
  std::vector<std::string> fields(1);
  for (std::size_t at = 0; at < record.size();) {
    if (record[at] == '"') {
      const base::Status status = read_quoted(record, &at, &fields.back());
      if (!status) return base::fail(status.error());
    } else {
      const std::size_t comma = std::min(record.find(',', at), record.size());
      fields.back() = record.substr(at, comma - at);
      at = comma;
    }
    if (at == record.size()) break;
    fields.emplace_back();  // a comma
    ++at;
  }
  return fields;
}

void append_csv_field(std::string_view field, std::string* out) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out->append(field);
    return;
  }
  *out += '"';
  for (const char c : field) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

}  // namespace dss::records
