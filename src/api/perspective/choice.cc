#include "api/perspective/choice.h"

#include <algorithm>

namespace dss::api::perspective {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view first_subtag(std::string_view tag) {
  return tag.substr(0, tag.find_first_of("-_"));
}

bool same(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

bool knows_one(const weights::Card& card, const std::vector<std::string>& tags) {
  return std::any_of(tags.begin(), tags.end(),
                     [&](const std::string& tag) { return covers(card.languages, tag); });
}

}  // namespace

bool covers(const std::vector<std::string>& known, std::string_view tag) {
  return std::any_of(known.begin(), known.end(), [&](const std::string& language) {
    return same(first_subtag(language), first_subtag(tag));
  });
}

std::optional<std::size_t> label_for(const Attribute& attribute, const weights::Card& card) {
  if (attribute.label.empty()) return std::nullopt;
  const auto found =
      std::find_if(card.labels.begin(), card.labels.end(),
                   [&](const weights::Label& label) { return label.name == attribute.label; });
  if (found == card.labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - card.labels.begin());
}

tl::expected<std::vector<const WantedAttribute*>, Refusal> choose(const AnalyzeRequest& request,
                                                                  const Cards& cards,
                                                                  const Languages& languages,
                                                                  bool drop) {
  std::vector<const WantedAttribute*> chosen;
  const Attribute* refused = nullptr;
  bool spam = false;
  for (const WantedAttribute& wanted : request.attributes) {
    const Attribute& attribute = *wanted.attribute;
    const weights::Card* card = cards.of(attribute);
    if (card != nullptr && label_for(attribute, *card) && knows_one(*card, languages.tags)) {
      chosen.push_back(&wanted);
    } else if (attribute.name == kSpam) {
      spam = true;
    } else if (refused == nullptr) {
      refused = &attribute;
    }
  }
  if (drop || request.drop_unsupported) return chosen;
  if (refused == nullptr && spam && chosen.empty()) refused = find_attribute(kSpam);
  if (refused == nullptr) return chosen;
  return tl::unexpected(language_refused(refused->name, languages.tags, languages.detected));
}

}  // namespace dss::api::perspective
