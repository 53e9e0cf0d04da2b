// How tests write what is found: `email:jane@example.org card:4111…`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "personal/detect.h"
#include "personal/words.h"

namespace dss::personal {

/// The kinds and the pieces of `text`, with ` | ` between them.
inline std::string listed(std::string_view text, const Entities& entities) {
  std::string out;
  for (const Entity& entity : entities) {
    if (!out.empty()) out += " | ";
    out += std::string(name_of(entity.kind)) + ":" +
           std::string(text.substr(entity.begin, entity.end - entity.begin));
  }
  return out;
}

inline std::string found_in(std::string_view text) { return listed(text, detect(text)); }

/// What one finder alone finds.
inline std::string found_by(void (*find)(std::string_view, const std::vector<Word>&, Entities*),
                            std::string_view text) {
  std::vector<Word> words;
  read_words(text, &words);
  Entities entities;
  find(text, words, &entities);
  return listed(text, entities);
}
inline std::string found_by(void (*find)(std::string_view, Entities*), std::string_view text) {
  Entities entities;
  find(text, &entities);
  return listed(text, entities);
}

}  // namespace dss::personal
