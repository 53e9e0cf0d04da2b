#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <thread>

#include "case_file.h"
#include "fixture.h"

namespace dss::http::conformance {
namespace {

TestServer& server(Security security = Security::kPlain) {
  static TestServer plain;
  static TestServer tls({}, 1, Security::kTls);
  return security == Security::kTls ? tls : plain;
}

class Conformance : public testing::TestWithParam<Case> {};

bool allows(const std::vector<int>& allowed, int status) {
  return std::find(allowed.begin(), allowed.end(), status) != allowed.end();
}

/// One connection lives the case; afterwards the server still serves others.
void live_through(const Case& test, Security security) {
  const std::uint16_t port = server(security).port();
  Client client(port, security);
  for (const Step& step : test.steps) {
    client.send(step.bytes);
    if (step.half_close) client.half_close();
    if (step.await_status != 0) {
      ASSERT_EQ(client.read_any_answer().status, step.await_status);
    }
  }
  std::string seen;
  for (const std::vector<int>& allowed : test.answers) {
    const Client::Answer answer = client.read_answer(!test.no_body);
    seen += answer.head + answer.body;
    ASSERT_TRUE(allows(allowed, answer.status)) << "answered " << answer.status << "\n" << seen;
  }
  for (const std::string& wanted : test.headers)
    EXPECT_NE(seen.find(wanted), std::string::npos) << seen;
  EXPECT_EQ(client.is_closed_within(test.closes ? 5000 : 30), test.closes);
  Client other(port, security);
  other.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(other.read_answer().status, 200);
}

TEST_P(Conformance, Case) { live_through(GetParam(), Security::kPlain); }

class ConformanceTls : public testing::TestWithParam<Case> {};

TEST_P(ConformanceTls, Case) { live_through(GetParam(), Security::kTls); }

class ConformanceBytewise : public testing::TestWithParam<Case> {};

/// The same bytes, one at a time: an answer must not depend on how the bytes were cut.
TEST_P(ConformanceBytewise, Case) {
  const Case& test = GetParam();
  Client client(server().port());
  for (const Step& step : test.steps) {
    for (const char byte : step.bytes) {
      if (!client.send({&byte, 1})) break;
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
    if (step.half_close) client.half_close();
    if (step.await_status != 0) {
      ASSERT_EQ(client.read_any_answer().status, step.await_status);
    }
  }
  for (const std::vector<int>& allowed : test.answers) {
    ASSERT_TRUE(allows(allowed, client.read_answer(!test.no_body).status));
  }
  EXPECT_EQ(client.is_closed_within(test.closes ? 5000 : 10), test.closes);
}

std::vector<Case> all_cases() { return read_cases(DSS_SOURCE_DIR "/tests/http/cases.txt"); }

/// Those that do not take too long byte by byte.
std::vector<Case> short_cases() {
  std::vector<Case> cases = all_cases();
  std::erase_if(cases, [](const Case& test) {
    std::size_t bytes = 0;
    for (const Step& step : test.steps) bytes += step.bytes.size();
    return bytes > 400;
  });
  return cases;
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Conformance, testing::ValuesIn(all_cases()), test_name);
INSTANTIATE_TEST_SUITE_P(Table, ConformanceTls, testing::ValuesIn(all_cases()), test_name);
INSTANTIATE_TEST_SUITE_P(Table, ConformanceBytewise, testing::ValuesIn(short_cases()), test_name);

}  // namespace
}  // namespace dss::http::conformance
