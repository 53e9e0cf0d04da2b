#include "scoring/explanation.h"

#include <cmath>

#include "base/utf8.h"

namespace dss::scoring {

Explanation make_explanation(std::string_view text, const std::vector<Share>& shares, float slope,
                             float probability) {
  const double p = probability;
  const double logit = std::log(p / (1 - p));
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
