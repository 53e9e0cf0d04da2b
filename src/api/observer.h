// What the protocols report about each text, for metrics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/verdict.h"
#include "http/message.h"
#include "scoring/engine.h"

namespace dss::api {

/// One scored text.
struct Analysis {
  std::string_view model;  ///< the name in the request, or the default
  const scoring::Outcome& outcome;
  Verdict verdict;
  double parse_seconds = 0;       ///< body → typed request
  double processing_seconds = 0;  ///< parsing and scoring, as in processing_time_ms
  const http::Request& request;   ///< for its trace and its peer
};

/// Why a text that passed the body's checks got no score.
enum class Refusal : std::uint8_t {
  kValidation,  ///< the model's own checks: a language that the operator refuses
  kModel,       ///< the model is not there or answered nonsense
  kServer,      ///< a defect of this program
  kBusy,        ///< no room in a queue, or not before the client's deadline
};

inline constexpr std::size_t kRefusalCount = 4;

/// Called on the thread that answers, before the answer is sent; must be quick. Thread-safe.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void analysed(const Analysis& analysis) = 0;
  virtual void refused(std::string_view model, Refusal refusal, const http::Request& request) = 0;
};

}  // namespace dss::api
