// What the handlers of every protocol work with.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/backend.h"
#include "api/feedback.h"
#include "api/observer.h"
#include "api/stats.h"
#include "base/clock.h"
#include "blocklist/matcher.h"
#include "http/lane.h"
#include "http/route.h"
#include "personal/entity.h"
#include "personal/rewrite.h"
#include "policy/policy_set.h"
#include "policy/thresholds.h"

namespace dss::api {

/// Made once by the wiring, then shared by all handlers. Everything pointed to outlives the server;
/// thread-safe.
struct Service {
  Backend backend;
  const base::Clock* clock = nullptr;
  Observer* observer = nullptr;  ///< may be null
  Stats* stats = nullptr;
  std::string version;                   ///< of the program
  std::string default_model = "simple";  ///< of native requests that name none
  /// Of requests in other protocols: the best model that is loaded, unless the operator chose one.
  std::string protocol_model = "simple";
  policy::Thresholds thresholds{};  ///< the operator's, over the card's
  /// The communities' policies in force; empty: there are none. Thread-safe; a reload replaces the
  /// set.
  std::function<std::shared_ptr<const policy::PolicySet>()> policies{};
  /// The blocklists in force, never null; empty: there are none. Read them by listed().
  std::function<std::shared_ptr<const blocklist::Matcher>()> blocklists{};
  /// Models that must answer for the service to be healthy.
  std::vector<std::string> configured_models = {"simple"};
  /// Names by which metrics know the models, in their order: the place of one gives
  /// http::Annotation::model.
  std::vector<std::string_view> model_types = {"simple", "bert"};
  /// Takes work of more than about a millisecond to another thread; false: no room for it now, and
  /// `*task` still holds it. Empty: everything is done by the caller.
  std::function<bool(http::Task* task)> run_aside{};
  /// Takes feedback. As it stands nothing is kept.
  FeedbackSink feedback = [](const Feedback& given) {
    return given.do_not_store ? FeedbackFate::kNotWanted : FeedbackFate::kNotConfigured;
  };
  /// Under which POST /anonymize hashes; null: the operator gave no key.
  std::shared_ptr<const personal::HashKey> hash_key{};
  /// Told of the personal data in a text of POST /anonymize. Empty: nobody is.
  std::function<void(const personal::Entities&)> personal_found{};
  /// Why no traffic should come now though the models are there (draining, queue full); empty: it
  /// may.
  std::function<std::string()> not_ready = [] { return std::string(); };
  base::SteadyTime started;
  base::SystemTime started_at;
  /// Guards `/stats`, as `/metrics`; empty: open.
  http::Guard operator_guard;
  /// Whether `/stats` is served on the public listener.
  bool operator_routes_on_public = true;
};

}  // namespace dss::api
