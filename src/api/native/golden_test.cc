// Runs tests/golden/api/*.txt; the form of these files stands in tests/golden/api/README.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"

namespace dss::api::native {
namespace {

struct Message {
  std::string first_line;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct Case {
  std::string name;
  Message request;
  Message expected;
};

// `FIRST LINE`, header lines, and behind an empty line the body without its last line end.
Message parse_message(const std::string& block) {
  Message message;
  std::istringstream lines(block);
  std::getline(lines, message.first_line);
  for (std::string line; std::getline(lines, line) && !line.empty();) {
    const std::size_t colon = line.find(": ");
    message.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  std::ostringstream rest;
  rest << lines.rdbuf();
  message.body = rest.str();
  if (message.body.ends_with('\n')) message.body.pop_back();
  return message;
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t at = text.find(separator); at != text.npos; at = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, at - begin));
    begin = at + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string without_comments(std::istream& file) {
  std::string text;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('#')) text += line + "\n";
  }
  return text;
}

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  for (const auto& entry :
       std::filesystem::directory_iterator(DSS_SOURCE_DIR "/tests/golden/api")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream file(entry.path());
    for (const std::string& block : split(without_comments(file), "====\n")) {
      const auto sides = split(block, "----\n");
      if (sides.size() != 2) continue;
      cases.push_back({entry.path().stem().string() + "_" + std::to_string(cases.size()),
                       parse_message(sides[0]), parse_message(sides[1])});
    }
  }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

class Golden : public testing::TestWithParam<Case> {
 protected:
  Golden() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.version = "9.9.9";
    service_.started = clock_.steady();
    service_.started_at = clock_.system();
    add_routes(service_, &table_);
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
};

TEST_P(Golden, Answers) {
  const Message& wanted = GetParam().request;
  TestRequest request;
  request.method =
      wanted.first_line.starts_with("POST ") ? http::Method::kPost : http::Method::kGet;
  request.path = wanted.first_line.substr(wanted.first_line.find(' ') + 1);
  request.headers = wanted.headers;
  request.body = wanted.body;
  const auto response = run(table_, request);
  ASSERT_TRUE(response.has_value()) << wanted.first_line;
  EXPECT_EQ(std::to_string(response->status), GetParam().expected.first_line) << response->body;
  for (const auto& [name, value] : GetParam().expected.headers) {
    EXPECT_EQ(header_of(*response, name), value) << name;
  }
  EXPECT_EQ(response->body, GetParam().expected.body);
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::ValuesIn(read_cases()),
                         [](const auto& golden) { return golden.param.name; });

}  // namespace
}  // namespace dss::api::native
