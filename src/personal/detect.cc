#include "personal/detect.h"

#include <algorithm>
#include <string>
#include <vector>

#include "personal/characters.h"
#include "personal/finders.h"
#include "personal/placeholder.h"

namespace dss::personal {
namespace {

using Finder = void (*)(std::string_view text, Entities* found);

// The first has the first claim: what it finds is out of the others' sight.
constexpr Finder kContactFinders[] = {find_urls, find_emails};
constexpr Finder kNumberFinders[] = {find_ips,  find_ibans, find_cards,
                                     find_nirs, find_ssns,  find_phones};

// What a round hides may uncover more; texts that people write need two rounds.
constexpr int kMostRounds = 6;

void hide(std::size_t begin, std::size_t end, std::string* text) {
  std::fill(text->begin() + static_cast<std::ptrdiff_t>(begin),
            text->begin() + static_cast<std::ptrdiff_t>(end), kBarrier);
}

void hide_placeholders(std::string* text) {
  for (std::size_t at = text->find('['); at != std::string::npos; at = text->find('[', at + 1)) {
    hide(at, placeholder_end(*text, at), text);
  }
}

// Runs `find` over what is in sight and hides what it adds to `found`; false: nothing.
template <typename Find>
bool run(const Find& find, std::string* sight, Entities* found) {
  thread_local Entities fresh;
  fresh.clear();
  find(*sight, &fresh);
  for (const Entity& entity : fresh) hide(entity.begin, entity.end, sight);
  found->insert(found->end(), fresh.begin(), fresh.end());
  return !fresh.empty();
}

bool run_word_finders(std::string* sight, Entities* found) {
  thread_local std::vector<Word> words;
  read_words(*sight, &words);
  const auto addresses = [](std::string_view text, Entities* fresh) {
    find_addresses(text, words, fresh);
  };
  const auto persons = [](std::string_view text, Entities* fresh) {
    find_persons(text, words, fresh);
  };
  const bool any = run(addresses, sight, found);
  if (any) read_words(*sight, &words);
  return run(persons, sight, found) || any;
}

bool run_finders(std::string* sight, Entities* found) {
  bool any = false;
  for (const Finder find : kContactFinders) any = run(find, sight, found) || any;
  if (std::any_of(sight->begin(), sight->end(), is_digit)) {
    for (const Finder find : kNumberFinders) any = run(find, sight, found) || any;
  }
  return run_word_finders(sight, found) || any;
}

}  // namespace

Entities detect(std::string_view text, KindSet kinds) {
  thread_local std::string sight;
  sight.assign(text);
  hide_placeholders(&sight);
  Entities found;
  for (int round = 0; round < kMostRounds && run_finders(&sight, &found); ++round) {
  }
  std::fill(sight.begin(), sight.end(), '\0');
  std::erase_if(found, [&](const Entity& entity) { return !kinds.has(entity.kind); });
  std::sort(found.begin(), found.end(),
            [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
  return found;
}

}  // namespace dss::personal
