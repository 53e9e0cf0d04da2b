// Reads cases.txt, the table of HTTP conformance cases. Its format stands at the top of that file.
#pragma once

#include <string>
#include <vector>

namespace dss::http::conformance {

/// Bytes to send, then what to wait for before the next step.
struct Step {
  std::string bytes{};
  int await_status =
      0;  ///< not 0: read until an answer with this status has come (for 100 Continue)
  bool half_close = false;
};

struct Case {
  std::string name{};
  std::vector<Step> steps{};
  std::vector<std::vector<int>>
      answers;  ///< per answer, the allowed statuses; 0 allows none at all
  bool closes = false;
  bool no_body = false;                ///< answers carry no body although they announce one (HEAD)
  std::vector<std::string> headers{};  ///< substrings that the answers must hold
};

/// Throws std::runtime_error with the line's number if the file is malformed.
std::vector<Case> read_cases(const std::string& path);

}  // namespace dss::http::conformance
