#include "api/perspective/choice.h"

#include <algorithm>
#include <optional>

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

std::optional<std::size_t> label_for(const Attribute& attribute, const weights::Card* card) {
  if (card == nullptr || attribute.label.empty()) return std::nullopt;
  const auto found =
      std::find_if(card->labels.begin(), card->labels.end(),
                   [&](const weights::Label& label) { return label.name == attribute.label; });
  if (found == card->labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - card->labels.begin());
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

tl::expected<std::vector<Chosen>, Refusal> choose(const AnalyzeRequest& request, const Cards& cards,
                                                  const Languages& languages, bool drop) {
  std::vector<Chosen> chosen;
  const Attribute* refused = nullptr;
  bool only_spam_refused = true;
  for (const WantedAttribute& wanted : request.attributes) {
    const weights::Card* card = cards.of(*wanted.attribute);
    const auto label = label_for(*wanted.attribute, card);
    if (label && knows_one(*card, languages.tags)) {
      chosen.push_back({&wanted, *label});
      continue;
    }
    if (wanted.attribute->name != kSpam) {
      if (only_spam_refused) refused = wanted.attribute;
      only_spam_refused = false;
    } else if (refused == nullptr) {
      refused = wanted.attribute;
    }
  }
  const bool left_out = drop || request.drop_unsupported || (only_spam_refused && !chosen.empty());
  if (refused == nullptr || left_out) return chosen;
  return tl::unexpected(language_refused(refused->name, languages.tags, languages.detected));
}

}  // namespace dss::api::perspective
