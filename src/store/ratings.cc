#include "store/ratings.h"

#include "json/reader.h"
#include "json/writer.h"

namespace dss::store {

std::string ratings_json(std::span<const Rating> ratings) {
  std::string out;
  json::Writer writer(&out);
  writer.begin_object();
  for (const Rating& rating : ratings) writer.key(rating.name).number(rating.value);
  writer.end_object();
  return out;
}

base::Result<std::vector<Rating>> parse_ratings(std::string_view json) {
  const auto root = json::thread_reader().parse(json);
  if (!root || !root->is_object()) {
    return base::fail(base::ErrorKind::kCorrupt, "labels or scores that are no JSON object");
  }
  std::vector<Rating> ratings;
  for (const auto& [name, member] : root->members()) {
    const auto value = member.number();
    if (!value) return base::fail(base::ErrorKind::kCorrupt, "a label or score that is no number");
    ratings.push_back({std::string(name), *value});
  }
  return ratings;
}

}  // namespace dss::store
