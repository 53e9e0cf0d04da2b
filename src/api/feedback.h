// What people say a text deserved, on its way from any protocol to wherever it is kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace dss::api {

/// A category, or another protocol's attribute, and a value from 0 to 1.
struct Rating {
  std::string_view name;
  double value = 0;
};

/// Most code points of a client token, a comment's id and a community's id.
inline constexpr std::size_t kMaxIdentifier = 256;

/// All views are valid UTF-8 and need only live until the sink has answered; empty ones were not
/// given.
struct Feedback {
  std::string_view text{};
  std::vector<Rating> labels{};  ///< what the text deserves
  std::vector<Rating> scores{};  ///< what it got, if the client says so
  std::string_view model{};      ///< that gave the scores
  std::string_view model_version{};
  std::string_view comment_id{};  ///< the client's own name for the text
  std::string_view community_id{};
  std::string_view client_token{};        ///< by which all of a client's feedback can be deleted
  std::array<std::uint8_t, 16> tenant{};  ///< whose client that is, as http::Caller
  bool do_not_store = false;              ///< nothing of it may be kept, not even a hash
};

enum class FeedbackFate : std::uint8_t {
  kTaken,          ///< it will be written shortly
  kNotConfigured,  ///< this server keeps no feedback; nothing was kept
  kNotWanted,      ///< do_not_store; nothing was kept
  kNoRoom,         ///< the database does not keep up; nothing was kept
};

/// Answers at once, whatever the state of the database, and counts the fate. Thread-safe.
using FeedbackSink = std::function<FeedbackFate(const Feedback&)>;

}  // namespace dss::api
