// How an operator wants the protocol to behave.
#pragma once

#include "api/service.h"

namespace dss::api::perspective {

struct Settings {
  /// Whether scores are read by the card's scale; else they are the model's probabilities.
  bool map_scores = true;
  /// Whether attributes that cannot be answered are left out rather than refused.
  bool drop_unsupported = false;
};

/// What every handler of the protocol works with. Immutable; thread-safe.
struct Context {
  const Service& service;
  Settings settings;
};

}  // namespace dss::api::perspective
