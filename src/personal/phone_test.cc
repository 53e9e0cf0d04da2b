#include <gtest/gtest.h>

#include "personal/finders.h"
#include "personal/test_found.h"

namespace dss::personal {
namespace {

std::string phone(std::string_view text) { return found_by(find_phones, text); }

void expect_whole(const char* text) {
  EXPECT_EQ(phone(std::string("so ") + text + ", ok"), std::string("phone:") + text);
}

TEST(Phones, InInternationalForm) {
  for (const char* text :
       {"+33 6 12 34 56 78", "+33612345678", "0033 1 23 45 67 89", "+44 (0)20 7946 0958",
        "+44 20 7946 0958", "+1-415-555-2671", "001-415-555-2671x123", "+49 30 1234567",
        "+49 (0) 151 23456789", "+352 26 12 34 56"}) {
    expect_whole(text);
  }
}

TEST(Phones, InNationalForm) {
  for (const char* text :
       {"06 12 34 56 78", "06.12.34.56.78", "0612345678", "(415) 555-2671", "415-555-2671",
        "415.555.2671 ext. 12", "1-415-555-2671", "020 7946 0958", "07700 900123", "07700900123",
        "030/1234567", "030 / 123 45 67", "0151 23456789",
        "06\xC2\xA0"
        "12\xC2\xA0"
        "34 56 78"}) {
    expect_whole(text);
  }
}

TEST(Phones, ThatCouldBeAnythingNeedAWord) {
  EXPECT_EQ(phone("555 2671"), "");
  EXPECT_EQ(phone("call 555 2671"), "phone:555 2671");
  EXPECT_EQ(phone("5552671 is my mobile"), "phone:5552671");
  EXPECT_EQ(phone("mon numéro: 12 34 56"), "phone:12 34 56");
  EXPECT_EQ(phone("call me\n555 2671"), "");
}

TEST(Phones, ThatCouldBeAnythingAreNoPartOfALongerNumber) {
  EXPECT_EQ(phone("call 1234 5678 1234 5678 1234 5678"), "");
  EXPECT_EQ(phone("call 11111111 1 1111 1 5 05555555555 5 1"), "");
}

TEST(Phones, AreNotOtherNumbers) {
  for (const char* text :
       {"2019-03-31", "31.12.1999", "3/31/1982", "1.234.567", "12:30", "$415 555 2671", "10000 000",
        "call at 12,50", "phone 5 %", "isbn 978-3-16-148410-0", "+12", "+123456789012345678",
        "call 1234.5678", "0.123456789", "a0612345678"}) {
    EXPECT_EQ(phone(text), "") << text;
  }
}

TEST(Phones, EndWhereTheNumberEnds) {
  EXPECT_EQ(phone("06 12 34 56 78 10 fois"), "phone:06 12 34 56 78");
  EXPECT_EQ(phone("415-555-2671 or 415-555-2672"), "phone:415-555-2671 | phone:415-555-2672");
  EXPECT_EQ(phone("(415) 555-2671 (home)"), "phone:(415) 555-2671");
}

}  // namespace
}  // namespace dss::personal
