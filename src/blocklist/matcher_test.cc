#include "blocklist/matcher.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "blocklist/words.h"

namespace dss::blocklist {
namespace {

Item item(Kind kind, std::string text) { return {.id = text, .text = text, .kind = kind}; }

std::string found(const std::vector<Item>& items, std::string_view text) {
  const Matcher matcher({{.name = "own", .description = {}, .items = items}});
  std::string out;
  for (const Match& match : matcher.find(text)) {
    out += match.item->text + "@" + std::to_string(match.begin) + "-" + std::to_string(match.end) +
           " ";
  }
  return out;
}

TEST(Matcher, WordsAreWholeWords) {
  const std::vector<Item> items = {item(Kind::kWord, "ass"), item(Kind::kWord, "dick")};
  EXPECT_EQ(found(items, "what an ass, Dick!"), "ass@8-11 dick@13-17 ");
  EXPECT_EQ(found(items, "assessment by Dickens in Sussex"), "");
}

TEST(Matcher, WordsAreReadAsTheModelsReadThem) {
  EXPECT_EQ(found({item(Kind::kWord, "idiot")}, "ok: ÍDIÓT and idi0t and i d i o t"),
            "idiot@4-9 idiot@14-19 idiot@24-33 ");
  EXPECT_EQ(found({item(Kind::kWord, "Ärger")}, "so ein arger"), "Ärger@7-12 ");
}

TEST(Matcher, SeveralWordsMayHaveAnythingButWordsBetween) {
  const std::vector<Item> items = {item(Kind::kWord, "go away"), item(Kind::kWord, "away now")};
  EXPECT_EQ(found(items, "GO, away -- now"), "go away@0-8 away now@4-15 ");
  EXPECT_EQ(found(items, "go far away"), "");
}

TEST(Matcher, ExactItemsAreBytesAnywhere) {
  const std::vector<Item> items = {item(Kind::kExact, "he"), item(Kind::kExact, "she"),
                                   item(Kind::kExact, "🖕")};
  EXPECT_EQ(found(items, "ushers 🖕"), "she@1-4 he@2-4 🖕@7-8 ");
  EXPECT_EQ(found(items, "USHERS"), "") << "capitals differ";
}

TEST(Matcher, PatternsIgnoreCase) {
  const std::vector<Item> items = {item(Kind::kPattern, R"(\bbuy\s+\w+ now\b)"),
                                   item(Kind::kPattern, R"(https?://\S+\.example)")};
  EXPECT_EQ(found(items, "é: Buy  pills NOW at http://a.b.example"),
            R"(\bbuy\s+\w+ now\b@3-17 https?://\S+\.example@21-39 )");
}

TEST(Matcher, ItemsThatCannotMatchAreRefused) {
  EXPECT_FALSE(check(item(Kind::kWord, "?!")));
  EXPECT_FALSE(check(item(Kind::kExact, "")));
  EXPECT_FALSE(check(item(Kind::kExact, std::string(129, 'a'))));
  EXPECT_FALSE(check(item(Kind::kPattern, "a(b")));
  EXPECT_FALSE(check(item(Kind::kPattern, "a*"))) << "matches everything";
  EXPECT_FALSE(check(item(Kind::kPattern, "(a{500}){500}"))) << "too large";
  EXPECT_TRUE(check(item(Kind::kPattern, "a+")));
}

TEST(Matcher, TheUsualKindFollowsTheText) {
  EXPECT_EQ(usual_kind("Idiot"), Kind::kWord);
  EXPECT_EQ(usual_kind("дурак"), Kind::kWord);
  EXPECT_EQ(usual_kind(":-("), Kind::kExact);
  EXPECT_EQ(usual_kind("a$$"), Kind::kExact);
}

TEST(Matcher, NamesAreForFiles) {
  for (const char* name : {"a", "Own_list-2.old~"}) EXPECT_TRUE(is_name(name)) << name;
  for (const char* name : {"", ".", "..", ".a", "a/b", "a b", "ä"}) EXPECT_FALSE(is_name(name));
  EXPECT_FALSE(is_name(std::string(65, 'a')));
}

TEST(Matcher, MatchesAreCut) {
  const Matcher matcher({{.name = "own", .description = {}, .items = {item(Kind::kExact, "a")}}});
  EXPECT_EQ(matcher.find(std::string(5000, 'a')).size(), kMostMatches);
  EXPECT_FALSE(matcher.empty());
  EXPECT_TRUE(Matcher({}).empty());
  EXPECT_TRUE(Matcher({}).find("a").empty());
}

// All places of `needle` in `text` by std::string's own search.
using Places = std::vector<std::tuple<std::string, std::size_t, std::size_t>>;

Places of(const Matcher& matcher, const std::string& text) {
  Places places;
  for (const Match& match : matcher.find(text)) {
    places.emplace_back(match.item->text, match.begin, match.end);
  }
  std::sort(places.begin(), places.end());
  return places;
}

RC_GTEST_PROP(Matcher, FindsWhatANaiveSearchFinds, ()) {
  const auto word = rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3)),
                                 [](std::vector<int> letters) {
                                   std::string out = "a";
                                   for (const int letter : letters) {
                                     if (out.size() < 5) out += static_cast<char>('a' + letter);
                                   }
                                   return out;
                                 });
  const auto needles = *rc::gen::unique<std::vector<std::string>>(word);
  const auto parts = *rc::gen::resize(20, rc::gen::container<std::vector<std::string>>(word));
  std::string text;
  for (const std::string& part : parts) text += part + (part.size() % 2 == 0 ? " " : "");
  std::vector<Item> items;
  Places expected;
  for (const std::string& needle : needles) {
    items.push_back(item(Kind::kExact, needle));
    for (std::size_t at = text.find(needle); at != text.npos; at = text.find(needle, at + 1)) {
      expected.emplace_back(needle, at, at + needle.size());
    }
  }
  RC_PRE(expected.size() < kMostMatches);
  std::sort(expected.begin(), expected.end());
  RC_ASSERT(of(Matcher({{.name = "own", .description = {}, .items = items}}), text) == expected);
}

RC_GTEST_PROP(Matcher, FindsTheWordsThatANaiveSearchFinds, ()) {
  const auto word = rc::gen::element<std::string>("go", "away", "now", "you", "Fool", "über");
  const auto phrase = rc::gen::map(rc::gen::pair(word, word),
                                   [](const auto& pair) { return pair.first + " " + pair.second; });
  const auto phrases = *rc::gen::unique<std::vector<std::string>>(rc::gen::oneOf(word, phrase));
  const auto spoken = *rc::gen::resize(20, rc::gen::container<std::vector<std::string>>(word));
  std::vector<std::size_t> begins;
  std::string text;
  std::size_t characters = 0;
  for (const std::string& part : spoken) {
    begins.push_back(characters);
    text += part + ", ";
    characters += base::count_code_points(part) + 2;
  }
  std::vector<Item> items;
  Places expected;
  for (const std::string& sought : phrases) {
    items.push_back(item(Kind::kWord, sought));
    const std::size_t space = sought.find(' ');
    for (std::size_t i = 0; i < spoken.size(); ++i) {
      const bool two = space != sought.npos;
      if (spoken[i] != sought.substr(0, space)) continue;
      if (two && (i + 1 == spoken.size() || spoken[i + 1] != sought.substr(space + 1))) continue;
      const std::size_t last = i + (two ? 1 : 0);
      expected.emplace_back(sought, begins[i],
                            begins[last] + base::count_code_points(spoken[last]));
    }
  }
  RC_PRE(expected.size() < kMostMatches);
  std::sort(expected.begin(), expected.end());
  RC_ASSERT(of(Matcher({{.name = "own", .description = {}, .items = items}}), text) == expected);
}

}  // namespace
}  // namespace dss::blocklist
