// How long each stage of scoring took, and what the stages are called.
#pragma once

#include <array>
#include <string_view>

namespace dss::metrics {

/// Seconds of each stage; negative: it did not take place and is not recorded.
struct StageSeconds {
  double parse = -1;      ///< JSON to request
  double normalize = -1;  ///< validation, normalisation, de-obfuscation
  double language = -1;
  double tokenize = -1;
  double queue = -1;  ///< waiting for a worker
  double infer = -1;
  double postprocess = -1;  ///< scores to answer
};

struct Stage {
  std::string_view name;
  double StageSeconds::* seconds;
};

/// In the order in which a text goes through them.
inline constexpr std::array<Stage, 7> kStages = {{{"parse", &StageSeconds::parse},
                                                  {"normalize", &StageSeconds::normalize},
                                                  {"language", &StageSeconds::language},
                                                  {"tokenize", &StageSeconds::tokenize},
                                                  {"queue", &StageSeconds::queue},
                                                  {"infer", &StageSeconds::infer},
                                                  {"postprocess", &StageSeconds::postprocess}}};

}  // namespace dss::metrics
