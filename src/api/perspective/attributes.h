// The attributes of the Perspective API, and which label of our models each stands for.
#pragma once

#include <string_view>

namespace dss::api::perspective {

struct Attribute {
  std::string_view name;   ///< as clients write it
  std::string_view label;  ///< of the model; empty: no model of ours has learnt it
  std::string_view scale;  ///< the attribute whose map in the card it is read by
  bool fast = false;       ///< always answered by `simple`
};

/// Old clients ask for it beside TOXICITY without reading it.
inline constexpr std::string_view kSpam = "SPAM";

/// Every attribute that the service ever offered; null: there was none of that name. Static
/// storage.
[[nodiscard]] const Attribute* find_attribute(std::string_view name);

}  // namespace dss::api::perspective
