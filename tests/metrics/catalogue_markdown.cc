#include "catalogue_markdown.h"

#include <span>
#include <vector>

#include "metrics/catalogue.h"
#include "metrics/number.h"

namespace dss::metrics {
namespace {

std::string code(std::string_view text) {
  return text.empty() ? "" : '`' + std::string(text) + '`';
}

/// Spaces after the commas, so that the cell can wrap.
std::string wrap(std::string_view names) {
  std::string out;
  for (const char c : names) out += c == ',' ? "`, `" : std::string(1, c);
  return code(out);
}

/// One line per different set of bounds; the table refers to it by number.
class BoundsNotes {
 public:
  std::string reference(std::span<const double> bounds) {
    if (bounds.empty()) return "";
    std::string line;
    for (const double bound : bounds) line += format_number(bound) + ' ';
    line += "+Inf";
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i] == line) return "(" + std::to_string(i + 1) + ")";
    }
    lines_.push_back(line);
    return "(" + std::to_string(lines_.size()) + ")";
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      out += std::to_string(i + 1) + ". `" + lines_[i] + "`\n";
    }
    return out;
  }

 private:
  std::vector<std::string> lines_;
};

}  // namespace

std::string catalogue_markdown() {
  std::string out =
      "| name | type | labels | buckets | exemplars | help |\n|---|---|---|---|---|---|\n";
  BoundsNotes notes;
  for (const Spec& spec : catalogue()) {
    for (const std::string& cell :
         {code(spec.name), std::string(type_name(spec.type)), wrap(spec.labels),
          notes.reference(spec.bounds), std::string(spec.exemplars ? "yes" : ""),
          std::string(spec.help.substr(0, spec.help.find_last_not_of(' ') + 1))}) {
      out += "| " + cell + ' ';
    }
    out += "|\n";
  }
  return out + "\nBuckets (`le`):\n\n" + notes.text();
}

}  // namespace dss::metrics
