#include "records/row_reader.h"

#include <algorithm>

#include "base/utf8.h"

namespace dss::records {
namespace {

constexpr const char* kNotUtf8 = "not valid UTF-8";

std::string_view type_name(json::Type type) {
  switch (type) {
    case json::Type::kNull:
      return "null";
    case json::Type::kBool:
      return "a boolean";
    case json::Type::kNumber:
      return "a number";
    case json::Type::kString:
      return "a string";
    case json::Type::kArray:
      return "an array";
    case json::Type::kObject:
      break;
  }
  return "an object";
}

void set_text(std::string_view text, Row* row) {
  row->text = base::trim(text);
  if (row->text.empty()) row->error = "the text is empty";
}

/// The first line of `bytes`, without `\n` or `\r\n`; `*taken` is its length with them.
std::string_view first_line(std::string_view bytes, std::size_t* taken) {
  const std::size_t newline = bytes.find('\n');
  *taken = newline == std::string_view::npos ? bytes.size() : newline + 1;
  std::string_view line = bytes.substr(0, std::min(newline, bytes.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

base::Status read_csv_header(Chunk* first, Schema* schema) {
  const auto refuse = [](const std::string& cause) {
    return base::fail(base::ErrorKind::kInvalidArgument, "CSV header: " + cause);
  };
  if (first->size == 0) return refuse("the file is empty");
  const CsvRecord record = first_csv_record(first->rows());
  if (!base::is_valid_utf8(record.raw)) return refuse(kNotUtf8);
  const auto names = split_csv(record.raw);
  if (!names) return refuse(names.error().message);
  const auto found = std::find(names->begin(), names->end(), schema->text_name);
  if (found == names->end()) {
    // The names are not repeated: a file without a header has texts there.
    return refuse("none of the " + std::to_string(names->size()) + " columns is called '" +
                  schema->text_name + "'; name the one with the texts with --text-column");
  }
  schema->columns = *names;
  schema->text_column = static_cast<std::size_t>(found - names->begin());
  const std::size_t taken = record.raw.size() + record.newline.size();
  first->first_line += record.lines;
  first->bytes.erase(0, taken);
  first->size -= taken;
  return {};
}

void RowReader::start(const Chunk& chunk) {
  rest_ = chunk.rows();
  line_ = chunk.first_line;
}

bool RowReader::next_raw(Row* row) {
  if (rest_.empty()) return false;
  row->line = line_;
  std::size_t taken = 0;
  if (schema_->format == InputFormat::kText) {
    row->raw = rest_;
    taken = rest_.size();
  } else if (schema_->format == InputFormat::kCsv) {
    const CsvRecord record = first_csv_record(rest_);
    row->raw = record.raw;
    taken = record.raw.size() + record.newline.size();
    line_ += record.lines;
  } else {
    row->raw = first_line(rest_, &taken);
    ++line_;
  }
  rest_.remove_prefix(taken);
  return true;
}

bool RowReader::next(Row* row) {
  const bool skips_empty =
      schema_->format == InputFormat::kCsv || schema_->format == InputFormat::kNdjson;
  do {
    if (!next_raw(row)) return false;
  } while (skips_empty && row->raw.find_first_not_of(" \t") == std::string_view::npos);
  row->text = {};
  row->error.clear();
  row->cells.clear();
  parse(row);
  return true;
}

void RowReader::parse(Row* row) {
  switch (schema_->format) {
    case InputFormat::kCsv:
      return parse_csv(row);
    case InputFormat::kNdjson:
      return parse_ndjson(row);
    default:
      return parse_plain(row);
  }
}

void RowReader::parse_plain(Row* row) const {
  if (!base::is_valid_utf8(row->raw)) {
    row->error = kNotUtf8;
  } else {
    set_text(row->raw, row);
  }
}

void RowReader::parse_csv(Row* row) const {
  auto cells = split_csv(row->raw);
  if (!cells) {
    row->error = cells.error().message;
  } else if (cells->size() != schema_->columns.size()) {
    row->error = "it has " + std::to_string(cells->size()) + " fields, the header has " +
                 std::to_string(schema_->columns.size());
  } else if (!base::is_valid_utf8(row->raw)) {
    row->error = kNotUtf8;
  } else {
    row->cells = std::move(*cells);
    set_text(row->cells[schema_->text_column], row);
  }
}

void RowReader::parse_ndjson(Row* row) {
  const auto value = reader_.parse_padded(row->raw);
  if (!value) {
    const std::size_t column = json::position_of(row->raw, value.error().offset).column;
    row->error = "not valid JSON: " + std::string(value.error().reason) + ", column " +
                 std::to_string(column);
    return;
  }
  row->object = *value;
  const auto text = value->find(schema_->text_name);
  if (!value->is_object()) {
    row->error = "the row is " + std::string(type_name(value->type())) + ", not an object";
  } else if (!text) {
    row->error = "the row has no '" + schema_->text_name + "'";
  } else if (const auto string = text->string()) {
    set_text(*string, row);
  } else {
    row->error = "'" + schema_->text_name + "' is " + std::string(type_name(text->type())) +
                 ", not a string";
  }
}

}  // namespace dss::records
