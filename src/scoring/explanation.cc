#include "scoring/explanation.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace dss::scoring {
namespace {

// Where single precision still tells p from 0 and 1.
double logit_of(float probability) {
  const double p = std::clamp(static_cast<double>(probability), 1e-30, 1 - 6e-8);
  return std::log(p / (1 - p));
}

}  // namespace

Explanation make_explanation(std::string_view text, const std::vector<Share>& shares, float slope,
                             float probability) {
  const double logit = logit_of(probability);
  double rest = logit;
  Explanation explanation;
  base::CodePointCounter counter(text);
  for (const Share& share : shares) {
    const float contribution = share.value * slope;
    if (contribution == 0) continue;
    const std::size_t begin = counter.at(share.begin);
    explanation.words.push_back({begin, counter.at(share.end), contribution});
    rest -= contribution;
  }
  explanation.logit = static_cast<float>(logit);
  explanation.bias = static_cast<float>(rest);
  return explanation;
}

}  // namespace dss::scoring
