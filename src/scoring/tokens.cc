#include "scoring/tokens.h"

namespace dss::scoring {
namespace {

struct Collector {
  Tokens* tokens;
  const models::LinearModel* model;
  unsigned shift;

  void ngram(std::uint64_t hash, std::uint32_t /*unit*/, std::uint32_t /*other*/) {
    const auto bucket = static_cast<std::uint32_t>(hash >> shift);
    model->prefetch(bucket);
    tokens->buckets.push_back(bucket);
  }
  void unit(const tokenizer::ByteRange& range) {
    tokens->units.push_back({range, static_cast<std::uint32_t>(tokens->buckets.size())});
  }
};

}  // namespace

void Tokens::read(const text::Normalized& normalized, const models::LinearModel& model,
                  tokenizer::NgramWalker* walker) {
  buckets.clear();
  units.clear();
  walker->walk(normalized.text, normalized.shouts, Collector{this, &model, model.shift()});
}

}  // namespace dss::scoring
