// E-mail addresses, URLs and IP addresses.
#include <gtest/gtest.h>

#include "personal/finders.h"
#include "personal/test_found.h"

namespace dss::personal {
namespace {

std::string email(std::string_view text) { return found_by(find_emails, text); }
std::string url(std::string_view text) { return found_by(find_urls, text); }
std::string ip(std::string_view text) { return found_by(find_ips, text); }

TEST(Emails, AreFoundWithWhatBelongsToThem) {
  EXPECT_EQ(email("write to jane.doe+x@mail.example.org."), "email:jane.doe+x@mail.example.org");
  EXPECT_EQ(email("<mailto:j@x.fr>, 'k@y.de'"), "email:j@x.fr | email:k@y.de");
  EXPECT_EQ(email("rené@café.fr"), "email:rené@café.fr");
  EXPECT_EQ(email("a@b.co.uk1"), "email:a@b.co");
  EXPECT_EQ(email("x@xn--caf-dma.xn--p1ai"), "email:x@xn--caf-dma.xn--p1ai");
}

TEST(Emails, AreNotWhatOnlyHasAnAt) {
  for (const char* text : {"@jane", "jane@", "5 @ 3", "a@b", "a@1.2", "@@@@", "me@localhost.",
                           "x@-.com", "reply @bob.example hi"}) {
    EXPECT_EQ(email(text), "") << text;
  }
}

TEST(Urls, AreFoundWhenTheyCarrySecrets) {
  EXPECT_EQ(url("see https://bob:pw@example.org/a?b=1, ok"),
            "url:https://bob:pw@example.org/a?b=1");
  EXPECT_EQ(url("ftp://bob@files.example"), "url:ftp://bob@files.example");
  EXPECT_EQ(url("(https://x.org/cb?state=1&Access_Token=abc#z)"),
            "url:https://x.org/cb?state=1&Access_Token=abc#z");
  EXPECT_EQ(url("https://x.org/#token=abc"), "url:https://x.org/#token=abc");
}

TEST(Urls, AreLeftWhenTheyDoNot) {
  for (const char* text : {"https://example.org/a?b=1", "http://example.org/@bob", "://u:p@h",
                           "https://x.org/?token=", "https://x.org/?tokens=1", "https://@x.org"}) {
    EXPECT_EQ(url(text), "") << text;
  }
}

TEST(IpAddresses, AreFoundInBothVersions) {
  EXPECT_EQ(ip("from 192.168.0.1:8080, and 10.0.0.255."), "ip:192.168.0.1 | ip:10.0.0.255");
  EXPECT_EQ(ip("[2001:db8::1]"), "ip:2001:db8::1");
  EXPECT_EQ(ip("fe80::1: down"), "ip:fe80::1");
  EXPECT_EQ(ip("::ffff:1.2.3.4"), "ip:::ffff:1.2.3.4");
  EXPECT_EQ(ip("d80:e4b5:79da:6cf6:71f3:51f7:9161:c319"),
            "ip:d80:e4b5:79da:6cf6:71f3:51f7:9161:c319");
}

TEST(IpAddresses, AreNotTimesVersionsOrWords) {
  for (const char* text : {"12:30:45", "1.2.3", "1.2.3.4.5", "256.1.1.1", "v1.2.3.4", "std::dec",
                           "add::bee", "::", "aa:bb:cc:dd:ee:ff", "x1.2.3.4"}) {
    EXPECT_EQ(ip(text), "") << text;
  }
}

}  // namespace
}  // namespace dss::personal
