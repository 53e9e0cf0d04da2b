#include "log/line.h"

#include <cmath>

#include "base/utf8.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::log {
namespace {

std::string line_with(std::string_view text) {
  return format_line(base::SystemTime(), Level::kInfo, text, {});
}

TEST(Line, HasTimeLevelMessageAndFieldsInOrder) {
  EXPECT_EQ(format_line(base::SystemTime(), Level::kWarn, "listening",
                        {{"address", "[::1]:8000"},
                         {"port", std::int64_t{8000}},
                         {"seconds", 0.1},
                         {"admin", false}}),
            R"({"time":"1970-01-01T00:00:00.000000+00:00","level":"warn","message":"listening",)"
            R"("address":"[::1]:8000","port":8000,"seconds":0.1,"admin":false})"
            "\n");
}

TEST(Line, EscapesSoThatOneLineStaysOneLine) {
  EXPECT_NE(line_with("a\"b\\c\nd\x01\x7F").find(R"("message":"a\"b\\c\u000ad\u0001\u007f")"),
            std::string::npos);
}

TEST(Line, NumbersThatJsonLacksAreNull) {
  const std::string line =
      format_line(base::SystemTime(), Level::kInfo, "m", {{"a", std::nan("")}, {"b", HUGE_VAL}});
  EXPECT_NE(line.find(R"("a":null,"b":null})"), std::string::npos);
}

RC_GTEST_PROP(Line, AnyBytesGiveOneLineOfValidUtf8, (const std::string& bytes)) {
  const std::string line = line_with(bytes);
  RC_ASSERT(base::is_valid_utf8(line));
  RC_ASSERT(line.find('\n') == line.size() - 1);
  for (const char c : line.substr(0, line.size() - 1))
    RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace
}  // namespace dss::log
