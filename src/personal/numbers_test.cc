// Numbers with a check: IBAN, card, NIR, SSN. All are examples of the standards or made up.
#include <gtest/gtest.h>

#include "personal/finders.h"
#include "personal/test_found.h"

namespace dss::personal {
namespace {

std::string iban(std::string_view text) { return found_by(find_ibans, text); }
std::string card(std::string_view text) { return found_by(find_cards, text); }
std::string nir(std::string_view text) { return found_by(find_nirs, text); }
std::string ssn(std::string_view text) { return found_by(find_ssns, text); }

TEST(Ibans, OfManyCountriesAreFound) {
  for (const char* text :
       {"GB82WEST12345698765432", "gb82west12345698765432", "GB82 WEST 1234 5698 7654 32",
        "FR14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000", "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S", "DE89-3704-0044-0532-0130-00"}) {
    EXPECT_EQ(iban(std::string("to ") + text + "."), std::string("iban:") + text) << text;
  }
}

TEST(Ibans, NeedTheirCheckDigitsAndLength) {
  for (const char* text :
       {"GB83WEST12345698765432", "GB82WEST1234569876543", "XX82WEST12345698765432",
        "GB82WEST123456987654321", "aGB82WEST12345698765432", "GB82"}) {
    EXPECT_EQ(iban(text), "") << text;
  }
}

TEST(Cards, AreFoundByTheirCheckDigit) {
  for (const char* text :
       {"4111111111111111", "4111 1111 1111 1111", "5500-0055-5555-5559", "378282246310005",
        "3782 822463 10005", "30569309025904", "6759649826438453", "4222222222222"}) {
    EXPECT_EQ(card(std::string("card ") + text + ", thanks"), std::string("card:") + text) << text;
  }
}

TEST(Cards, AreNotOtherLongNumbers) {
  for (const char* text :
       {"4111111111111112", "41111111111111111111", "4111 11111111 1111", "0000000000000000",
        "4444444444444444", "1234567812345670", "x4111111111111111", "4111-1111 1111-1112"}) {
    EXPECT_EQ(card(text), "") << text;
  }
}

TEST(Nirs, AreFoundByTheirKey) {
  for (const char* text : {"1 85 05 78 006 084 91", "185057800608491", "2 69 05 49 588 157 80",
                           "1.85.05.78.006.084.91"}) {
    EXPECT_EQ(nir(std::string("no ") + text), std::string("nir:") + text) << text;
  }
  EXPECT_EQ(nir("185057800608492"), "");
  EXPECT_EQ(nir("185137800608491"), "");
  EXPECT_EQ(nir("985057800608491"), "");
}

// INSEE reads Corsica's 2A as 19 and 2B as 18 for the key.
TEST(Nirs, OfCorsicaAreFound) {
  const auto with_key = [](const std::string& number, std::uint64_t value) {
    const std::string key = std::to_string(97 - value % 97);
    return number + (key.size() == 1 ? "0" + key : key);
  };
  const std::string ajaccio = with_key("185052A006084", 1850519006084);
  const std::string bastia = with_key("285052b006084", 2850518006084);
  EXPECT_EQ(nir(ajaccio), "nir:" + ajaccio);
  EXPECT_EQ(nir(bastia), "nir:" + bastia);
}

TEST(Ssns, AreFoundWithDashesOrAWordBesideThem) {
  EXPECT_EQ(ssn("it is 219-09-9999."), "ssn:219-09-9999");
  EXPECT_EQ(ssn("my SSN: 219099999"), "ssn:219099999");
  EXPECT_EQ(ssn("219 09 9999 is my social security number"), "ssn:219 09 9999");
}

TEST(Ssns, ThatAreNeverGivenOutAreLeft) {
  for (const char* text :
       {"000-12-3456", "666-12-3456", "900-12-3456", "219-00-9999", "219-09-0000", "219099999",
        "219-09-99991", "1-219-09-9999", "219-09 9999", "219-09-9999-1"}) {
    EXPECT_EQ(ssn(text), "") << text;
  }
}

}  // namespace
}  // namespace dss::personal
