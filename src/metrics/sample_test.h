// Helpers of this room's tests: single samples out of a rendered exposition.
#pragma once

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "metrics/exposition.h"

namespace dss::metrics {

/// The value of the line `sample VALUE`; a failure and an empty string if there is none.
inline std::string sample(const Registry& registry, std::string_view sample,
                          std::string_view accept = {}) {
  const std::string body = '\n' + expose(registry, {.accept = accept}).body;
  const std::string start = '\n' + std::string(sample) + ' ';
  const std::size_t at = body.find(start);
  if (at == std::string::npos) {
    ADD_FAILURE() << "no sample " << sample;
    return {};
  }
  const std::size_t begin = at + start.size();
  return body.substr(begin, body.find('\n', begin) - begin);
}

/// Whether any line starts with `prefix`.
inline bool exposes(const Registry& registry, std::string_view prefix) {
  return ('\n' + expose(registry, {}).body).find('\n' + std::string(prefix)) != std::string::npos;
}

}  // namespace dss::metrics
