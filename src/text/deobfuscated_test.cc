// When a text counts as de-obfuscated, and that words lead back to where they stood.
#include <gtest/gtest.h>

#include "text/normalize.h"

namespace dss::text {
namespace {

Normalized normalized(std::string_view text) {
  Normalizer normalizer;
  Normalized out;
  normalizer.run(Valid::promise(text), &out);
  return out;
}

TEST(Deobfuscated, NotForOrdinaryWriting) {
  for (const char* text :
       {"You are GREAT!!!", "l'été à Noël", "ＦＵＬＬ ｗｉｄｔｈ", "well-known 4th of July…",
        "привет", "5€ or $5", "in\u00ADfor\u00ADma\u00ADtion", "❤️ 👨\u200D👩\u200D👧",
        "می\u200Cخواهم", "e.g. 3.5mm, A5, 45s", "", "   \n "}) {
    EXPECT_FALSE(normalized(text).deobfuscated) << text;
  }
}

TEST(Deobfuscated, ForWhatHidesWords) {
  for (const char* text : {"sh1t", "f.u.c.k", "f u c k", "fu\u200Bck", "fuсk", "fuuuuck", "b!tch",
                           "f\u0336u\u0336c\u0336k\u0336"}) {
    EXPECT_TRUE(normalized(text).deobfuscated) << text;
  }
}

std::string source_of(std::string_view text, std::string_view word) {
  const Normalized out = normalized(text);
  const std::size_t at = out.text.find(word);
  if (at == std::string::npos) return "not found in: " + out.text;
  const std::size_t begin = out.origin.begin_of(at);
  return std::string(text.substr(begin, out.origin.end_of(at + word.size() - 1) - begin));
}

TEST(Deobfuscated, WordsLeadBackToTheirSource) {
  EXPECT_EQ(source_of("you F.U.C.K now", "fuck"), "F.U.C.K");
  EXPECT_EQ(source_of("you  f u c k  now", "fuck"), "f u c k");
  EXPECT_EQ(source_of("an idiottt!", "idiot"), "idiottt");
  EXPECT_EQ(source_of("an id\u200Biot", "idiot"), "id\u200Biot");
  EXPECT_EQ(source_of("été naïve", "naive"), "naïve");
  EXPECT_EQ(source_of("Straße 5", "strasse"), "Straße");
}

}  // namespace
}  // namespace dss::text
