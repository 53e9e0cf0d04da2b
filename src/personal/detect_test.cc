#include "personal/detect.h"

#include <gtest/gtest.h>

#include <ctime>

#include "base/utf8.h"
#include "personal/rewrite.h"
#include "personal/test_found.h"
#include "rapidcheck/gtest.h"

namespace dss::personal {
namespace {

// Pieces from which hostile texts are put together.
const std::vector<std::string> kPieces = {"jane@example.org",
                                          "+33 6 12 34 56 78",
                                          "06 12 34 56 78",
                                          "4111 1111 1111 1111",
                                          "GB82WEST12345698765432",
                                          "219-09-9999",
                                          "185057800608491",
                                          "10.0.0.1",
                                          "2001:db8::1",
                                          "https://u:p@h.org/x",
                                          "12 rue de la Paix, 75002 Paris",
                                          "Dr. Smith",
                                          "Patricia",
                                          "my name is ",
                                          "call ",
                                          "555 2671",
                                          "[EMAIL]",
                                          "[PHONE:h0123456789abcdef0123456789abcdef]",
                                          "[PERSON",
                                          "]",
                                          "@",
                                          ".",
                                          "-",
                                          " ",
                                          "\n",
                                          "0",
                                          "1",
                                          "12",
                                          "x",
                                          "é",
                                          "’s",
                                          "Name:",
                                          ":",
                                          "/",
                                          "(",
                                          ")",
                                          "+",
                                          "\x01",
                                          "№",
                                          "Apt",
                                          "APO AE 09876",
                                          "PO",
                                          "P.O.",
                                          "Box",
                                          "Mark",
                                          "de",
                                          ","};

rc::Gen<std::string> hostile_text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& piece : pieces) text += piece;
                        return text;
                      });
}

// The first round hides the post office; what it leaves is no post-office box.
TEST(Detect, NothingIsFoundAcrossWhatARoundHides) {
  const Entities found = detect("PO  2\nAPO AE 09806Box 2");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].begin, 4U);
  EXPECT_EQ(found[0].end, 18U);
}

RC_GTEST_PROP(Detect, PiecesAreInOrderApartAndOnBoundaries, ()) {
  const std::string text = *hostile_text();
  std::size_t behind = 0;
  for (const Entity& entity : detect(text)) {
    RC_ASSERT(entity.begin >= behind);
    RC_ASSERT(entity.begin < entity.end);
    RC_ASSERT(entity.end <= text.size());
    RC_ASSERT(base::is_valid_utf8(text.substr(entity.begin, entity.end - entity.begin)));
    behind = entity.end;
  }
}

RC_GTEST_PROP(Detect, AMaskedTextHasNothingMoreToFind, ()) {
  const std::string text = *hostile_text();
  const HashKey key = HashKey::of(std::string(32, 'k'));
  const Entities found = detect(text);
  const std::string masked = rewritten(text, found, Strategy::kMask, nullptr);
  RC_ASSERT(found_in(masked) == "");
  RC_ASSERT(found_in(rewritten(text, found, Strategy::kHash, &key)) == "");
}

RC_GTEST_PROP(Detect, KindsThatAreNotAskedForStay, ()) {
  const std::string text = *hostile_text();
  KindSet kinds;
  kinds.add(Kind::kEmail);
  for (const Entity& entity : detect(text, kinds)) RC_ASSERT(entity.kind == Kind::kEmail);
  RC_ASSERT(detect(text, KindSet()).empty());
}

TEST(Detect, LetsTheFirstFinderHaveWhatSeveralWant) {
  EXPECT_EQ(found_in("https://bob@10.0.0.1/"), "url:https://bob@10.0.0.1/");
  EXPECT_EQ(found_in("patricia.smith@example.org"), "email:patricia.smith@example.org");
  EXPECT_EQ(found_in("card 4111 1111 1111 1111"), "card:4111 1111 1111 1111");
}

TEST(Detect, FindsAllOfAMixedText) {
  EXPECT_EQ(found_in("Patricia Kovalev (06 12 34 56 78, pk@x.fr) lives at 12 rue de la Paix, 75002 "
                     "Paris"),
            "person:Patricia Kovalev | phone:06 12 34 56 78 | email:pk@x.fr | address:12 rue de la "
            "Paix, 75002 Paris");
}

// Of this thread: other programs take none of it.
double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Four times the text would take sixteen times as long if anything were read again and again.
TEST(Detect, TakesLinearTimeWhateverTheText) {
  for (const std::string piece :
       {"@",   "a@",     "1",    "1 ",     "(",      "://",  "https://?", "A",       "A ",
        "a.",  ":",      "1:",   "[",      "[EMAIL", "GB82", "1-",        "call 1 ", "é",
        "Mr ", "12 Aa ", "a@b.", "rue 1 ", "'a",     "+1",   "\x01"}) {
    const auto seconds = [&](std::size_t bytes) {
      std::string text;
      while (text.size() < bytes) text += piece;
      double least = 1e9;
      for (int i = 0; i < 3; ++i) {
        const double begun = processor_seconds();
        (void)detect(text);
        least = std::min(least, processor_seconds() - begun);
      }
      return least;
    };
    EXPECT_LT(seconds(400'000), 10 * seconds(100'000) + 0.01) << piece;
  }
}

}  // namespace
}  // namespace dss::personal
