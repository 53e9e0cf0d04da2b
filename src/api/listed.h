// Where the operator's blocklists match a text.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "api/service.h"

namespace dss::api {

/// A text's matches, with what keeps them alive.
struct Listed {
  std::shared_ptr<const blocklist::Matcher> matcher;
  std::vector<blocklist::Match> matches;
};

/// Nothing if the service has no blocklists. Thread-safe. REQUIRES: valid UTF-8.
[[nodiscard]] inline std::optional<Listed> listed(const Service& service, std::string_view text) {
  auto matcher = service.blocklists ? service.blocklists() : nullptr;
  if (matcher == nullptr || matcher->empty()) return std::nullopt;
  auto matches = matcher->find(text);
  return Listed{.matcher = std::move(matcher), .matches = std::move(matches)};
}

}  // namespace dss::api
