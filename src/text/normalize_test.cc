#include "text/normalize.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace dss::text {
namespace {

std::string normalized(std::string_view text) {
  Normalizer normalizer;
  Normalized out;
  normalizer.run(Valid::promise(text), &out);
  return out.text;
}

// tests/golden/normalize/*.txt: blocks of `input`, `----`, `expected`, apart by an empty line.
struct Case {
  std::string where;
  std::string input;
  std::string expected;
};

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  const std::filesystem::path directory = DSS_SOURCE_DIR "/tests/golden/normalize";
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(entry.path());
    std::string line;
    Case now;
    bool answer = false;
    int number = 0;
    const auto finish = [&] {
      if (answer) cases.push_back(now);
      now = {};
      answer = false;
    };
    while (std::getline(file, line)) {
      ++number;
      if (line.starts_with("##")) continue;
      if (line == "----") {
        answer = true;
      } else if (line.empty()) {
        finish();
      } else {
        std::string& part = answer ? now.expected : now.input;
        part += (part.empty() ? "" : "\n") + line;
        now.where = entry.path().filename().string() + ":" + std::to_string(number);
      }
    }
    finish();
  }
  return cases;
}

// What stands in the normalised text where the original shouted.
std::vector<std::string> shouted(std::string_view text) {
  Normalizer normalizer;
  Normalized out;
  normalizer.run(Valid::promise(text), &out);
  std::vector<std::string> words;
  for (const std::size_t begin : out.shouts) {
    const std::size_t end = std::min(out.text.find_first_of(" \n", begin), out.text.size());
    words.push_back(out.text.substr(begin, end - begin));
  }
  return words;
}

TEST(Normalize, NotesWhatWasInCapitals) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(shouted("STOP it NOW, you"), (Words{"stop", "now,"}));
  EXPECT_EQ(shouted("I am OK, Bob. IT IS!"), Words{});
  EXPECT_EQ(shouted("NATO's iPHONE McDONALD"), Words{});
  EXPECT_EQ(shouted("(SHUT\nUP!!!) YOU-IDIOT"), (Words{"(shut", "you-idiot"}));
  EXPECT_EQ(shouted("FU\u200BCK F\u0421UCK \u201CDIE\u201D SH1T H0LY"),
            (Words{"fuck", "fcuck", "\"die\"", "shit", "holy"}));
  EXPECT_EQ(shouted("LOOOOSER L.O.S.E.R"), (Words{"loser", "loser"}));
  EXPECT_EQ(shouted("L O S E R"), Words{});
  EXPECT_EQ(shouted(""), Words{});
}

TEST(Normalize, LettersPulledApartBesideASignThatMayBeALetterAreSettledAtOnce) {
  for (const char* text : {"$f u c k", "@s s h o l e", "f u c k$", "$h i t now"}) {
    const std::string once = normalized(text);
    EXPECT_EQ(normalized(once), once) << text;
  }
}

TEST(Normalize, StretchesOfManyCharactersAreSettledAtOnce) {
  std::string text = "zzz";
  while (text.size() < 506) text += "ab-";
  text.resize(506);
  const std::string once = normalized(text + "f.u.c.k");
  EXPECT_EQ(normalized(once), once);
}

TEST(Normalize, MatchesGoldenFiles) {
  const std::vector<Case> cases = read_cases();
  ASSERT_FALSE(cases.empty());
  for (const Case& each : cases) EXPECT_EQ(normalized(each.input), each.expected) << each.where;
}

}  // namespace
}  // namespace dss::text
