#include "case_file.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace dss::http::conformance {
namespace {

int hex_value(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/// Where the brace that opens at `open` closes.
std::size_t closing_brace(const std::string& text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  throw std::runtime_error("a brace is not closed");
}

/// `{1000 x abc}` is `abc` a thousand times; repeats nest.
std::string expand_repeats(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      out += text[i];
      continue;
    }
    const std::size_t close = closing_brace(text, i);
    const std::size_t times = text.find(" x ", i);
    const std::string unit = expand_repeats(text.substr(times + 3, close - times - 3));
    for (int n = std::stoi(text.substr(i + 1)); n > 0; --n) out += unit;
    i = close;
  }
  return out;
}

std::string unescape(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    switch (text.at(++i)) {
      case 'r':
        out += '\r';
        break;
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'x':
        out += static_cast<char>(hex_value(text.at(i + 1)) * 16 + hex_value(text.at(i + 2)));
        i += 2;
        break;
      default:
        out += text[i];
    }
  }
  return out;
}

/// `200 400|413 none` → {{200}, {400, 413}, {0}}
std::vector<std::vector<int>> parse_answers(const std::string& text) {
  std::vector<std::vector<int>> answers;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    std::vector<int> allowed;
    std::istringstream choices(word);
    for (std::string choice; std::getline(choices, choice, '|');) {
      allowed.push_back(choice == "none" ? 0 : std::stoi(choice));
    }
    answers.push_back(allowed);
  }
  return answers;
}

void apply(const std::string& key, const std::string& value, Case* test) {
  if (key == "send") {
    if (test->steps.empty() || test->steps.back().await_status != 0) test->steps.emplace_back();
    test->steps.back().bytes += unescape(expand_repeats(value));
  } else if (key == "await") {
    test->steps.back().await_status = std::stoi(value);
  } else if (key == "half-close") {
    test->steps.back().half_close = true;
  } else if (key == "answer") {
    test->answers = parse_answers(value);
  } else if (key == "closes") {
    test->closes = value == "yes";
  } else if (key == "body") {
    test->no_body = value == "none";
  } else if (key == "has") {
    test->headers.push_back(value);
  } else {
    throw std::runtime_error("unknown key " + key);
  }
}

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Case> cases;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(':');
    const std::string key = line.substr(0, colon);
    const std::string value =
        colon == std::string::npos ? "" : line.substr(std::min(line.size(), colon + 2));
    try {
      if (key == "case") {
        cases.emplace_back().name = value;
      } else {
        apply(key, value, &cases.at(cases.size() - 1));
      }
    } catch (const std::exception& error) {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return cases;
}

}  // namespace dss::http::conformance
