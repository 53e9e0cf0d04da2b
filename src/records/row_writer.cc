#include "records/row_writer.h"

#include <algorithm>

#include "json/writer.h"
#include "records/csv.h"
#include "records/member_spans.h"

namespace dss::records {
namespace {

constexpr std::string_view kErrorColumn = "error";

bool contains(std::span<const std::string> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A cell for a member: texts bare, everything else as JSON.
std::string cell_of(const json::Value& value, std::string_view spelling) {
  if (const auto text = value.string()) return std::string(*text);
  return value.is_null() ? std::string() : std::string(spelling);
}

void append_cell(std::string_view cell, std::string* out) {
  append_csv_field(cell, out);
  *out += ',';
}

}  // namespace

bool append_open_object(std::string_view row, std::span<const std::string> names,
                        std::string* out) {
  const auto members = member_spans(row);
  const bool clean = std::none_of(members.begin(), members.end(),
                                  [&](const MemberSpan& m) { return contains(names, m.key); });
  if (clean) {
    std::string_view body = row.substr(0, row.rfind('}'));
    while (body.back() == ' ' || body.back() == '\t') body.remove_suffix(1);
    *out += body;
    if (!members.empty()) *out += ',';
    return false;
  }
  *out += '{';
  for (const MemberSpan& member : members) {
    if (!contains(names, member.key)) out->append(member.whole) += ',';
  }
  return true;
}

RowWriter::RowWriter(OutputFormat format, const Schema* schema, AddedNames names, const Row* first)
    : format_(format), schema_(schema), names_(std::move(names)) {
  if (schema->format == InputFormat::kCsv) {
    keep_csv_columns();
  } else if (schema->format != InputFormat::kNdjson) {
    columns_.push_back(schema->text_name);
  } else if (first != nullptr) {
    keep_members(*first);
  }
}

bool RowWriter::is_taken(std::string_view name) const {
  if (format_ == OutputFormat::kNdjson) return contains(names_.json, name);
  return contains(names_.csv, name) || contains(names_.json, name) || name == kErrorColumn;
}

void RowWriter::keep_csv_columns() {
  for (std::size_t i = 0; i < schema_->columns.size(); ++i) {
    if (is_taken(schema_->columns[i])) continue;
    kept_.push_back(i);
    columns_.push_back(schema_->columns[i]);
  }
}

void RowWriter::keep_members(const Row& first) {
  for (const auto& [name, value] : first.object.members()) {
    if (!is_taken(name)) columns_.emplace_back(name);
  }
}

std::string RowWriter::header() const {
  if (format_ != OutputFormat::kCsv) return {};
  std::string out;
  for (const std::string& name : columns_) append_cell(name, &out);
  for (const std::string& name : names_.csv) append_cell(name, &out);
  return out + std::string(kErrorColumn) + "\n";
}

Placed RowWriter::append(const Row& row, const Additions& additions, std::string* out) const {
  return format_ == OutputFormat::kCsv ? append_csv(row, additions, out)
                                       : append_ndjson(row, additions, out);
}

/// The row's columns as members of a JSON object that is still open.
void RowWriter::open_csv_row(const Row& row, std::string* out) const {
  *out += '{';
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    json::append_string(columns_[k], out);
    *out += ':';
    json::append_string(row.cells[kept_[k]], out);
    *out += ',';
  }
}

Placed RowWriter::append_ndjson(const Row& row, const Additions& additions,
                                std::string* out) const {
  bool replaced = false;
  if (schema_->format == InputFormat::kNdjson) {
    replaced = append_open_object(row.raw, names_.json, out);
  } else if (schema_->format == InputFormat::kCsv) {
    open_csv_row(row, out);
    replaced = kept_.size() < row.cells.size();
  } else {
    *out += '{';
    json::append_string(schema_->text_name, out);
    *out += ':';
    json::append_string(row.raw, out);
    *out += ',';
  }
  *out += additions.members;
  *out += "}\n";
  return replaced ? Placed::kReplaced : Placed::kKept;
}

Placed RowWriter::append_csv(const Row& row, const Additions& additions, std::string* out) const {
  Placed placed = Placed::kKept;
  if (schema_->format == InputFormat::kNdjson) {
    placed = append_object_cells(row, out);
  } else if (schema_->format != InputFormat::kCsv) {
    append_cell(row.raw, out);
  } else if (kept_.size() == schema_->columns.size()) {
    out->append(row.raw) += ',';
  } else {
    for (const std::size_t i : kept_) append_cell(row.cells[i], out);
    placed = Placed::kReplaced;
  }
  if (placed == Placed::kRefused) {
    append_error(row.line, "a member is not among those of the first row; use NDJSON output", out);
    return placed;
  }
  for (const std::string& cell : additions.cells) append_cell(cell, out);
  *out += '\n';
  return placed;
}

/// Appends nothing if the row has a member without a column.
Placed RowWriter::append_object_cells(const Row& row, std::string* out) const {
  std::vector<std::string> cells(columns_.size());
  Placed placed = Placed::kKept;
  const auto spans = member_spans(row.raw);
  auto span = spans.begin();
  for (const auto& [name, value] : row.object.members()) {
    const std::string_view spelling = (span++)->value;
    if (is_taken(name)) {
      placed = Placed::kReplaced;
      continue;
    }
    const auto column = std::find(columns_.begin(), columns_.end(), name);
    if (column == columns_.end()) return Placed::kRefused;
    cells[static_cast<std::size_t>(column - columns_.begin())] = cell_of(value, spelling);
  }
  for (const std::string& cell : cells) append_cell(cell, out);
  return placed;
}

void RowWriter::append_error(std::size_t line, std::string_view error, std::string* out) const {
  if (format_ == OutputFormat::kNdjson) {
    *out += R"({"line":)" + std::to_string(line) + R"(,"error":)";
    json::append_string(error, out);
    *out += "}\n";
    return;
  }
  out->append(columns_.size() + names_.csv.size(), ',');
  append_csv_field("line " + std::to_string(line) + ": " + std::string(error), out);
  *out += '\n';
}

}  // namespace dss::records
