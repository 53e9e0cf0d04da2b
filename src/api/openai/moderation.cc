#include "api/openai/moderation.h"

#include <algorithm>

namespace dss::api::openai {
namespace {

using Labels = std::vector<JudgedLabel>;

CategoryScore category_of(const Labels& labels, std::string_view name, std::string_view label) {
  const auto found = find_label(labels, label);
  if (!found) return {.name = name};
  return {.name = name, .score = found->probability, .flagged = found->flagged(), .modelled = true};
}

CategoryScore either(CategoryScore a, const CategoryScore& b) {
  a.score = std::max(a.score, b.score);
  a.flagged = a.flagged || b.flagged;
  a.modelled = a.modelled || b.modelled;
  return a;
}

CategoryScore both(std::string_view name, const CategoryScore& a, const CategoryScore& b) {
  if (!a.modelled || !b.modelled) return {.name = name};
  return {.name = name,
          .score = std::min(a.score, b.score),
          .flagged = a.flagged && b.flagged,
          .modelled = true};
}

}  // namespace

std::array<CategoryScore, kCategoryCount> moderate(const Labels& labels) {
  CategoryScore harassment = category_of(labels, "harassment", "toxic");
  for (const std::string_view label : {"insult", "obscene"}) {
    harassment = either(harassment, category_of(labels, "harassment", label));
  }
  const CategoryScore hate = category_of(labels, "hate", "identity_hate");
  const CategoryScore violence = category_of(labels, "violence", "threat");
  return {harassment,
          both("harassment/threatening", harassment, violence),
          hate,
          both("hate/threatening", hate, violence),
          CategoryScore{.name = "illicit"},
          CategoryScore{.name = "illicit/violent"},
          CategoryScore{.name = "self-harm"},
          CategoryScore{.name = "self-harm/intent"},
          CategoryScore{.name = "self-harm/instructions"},
          CategoryScore{.name = "sexual"},
          CategoryScore{.name = "sexual/minors"},
          violence,
          CategoryScore{.name = "violence/graphic"}};
}

void write_result(const std::array<CategoryScore, kCategoryCount>& categories, bool listed,
                  json::Writer* writer) {
  const bool any = std::any_of(categories.begin(), categories.end(),
                               [](const CategoryScore& category) { return category.flagged; });
  writer->begin_object();
  writer->key("flagged").boolean(any || listed);
  writer->key("categories").begin_object();
  for (const CategoryScore& category : categories) {
    writer->key(category.name).boolean(category.flagged);
  }
  writer->end_object();
  writer->key("category_scores").begin_object();
  for (const CategoryScore& category : categories) {
    writer->key(category.name).number(category.score);
  }
  writer->end_object();
  writer->key("category_applied_input_types").begin_object();
  for (const CategoryScore& category : categories) {
    writer->key(category.name).begin_array();
    if (category.modelled) writer->string("text");
    writer->end_array();
  }
  writer->end_object().end_object();
}

}  // namespace dss::api::openai
