// The reader of n-grams and the set of their buckets, behind the normaliser: units part the
// n-grams, pairs name n-grams of a later unit, the set holds each bucket once, and of plain texts
// the same n-grams are found at once.
#include "tokenizer/ngrams.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>
#include <vector>

#include "text/normalize.h"
#include "tokenizer/bucket_set.h"
#include "tokenizer/plain_ngrams.h"

namespace {

using dss::tokenizer::Ngrams;

constexpr unsigned kBucketBits = 18;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_units(const Ngrams& ngrams, std::size_t text_size) {
  std::size_t end = 0;
  std::size_t text_end = 0;
  for (const auto& unit : ngrams.units()) {
    require(unit.end > end);
    require(unit.range.begin >= text_end && unit.range.end > unit.range.begin);
    end = unit.end;
    text_end = unit.range.end;
  }
  require(end == ngrams.hashes().size() && text_end <= text_size);
}

void check_pairs(const Ngrams& ngrams) {
  for (const auto& pair : ngrams.pairs()) {
    require(pair.first < ngrams.units().size() && pair.ngram < ngrams.hashes().size());
    require(ngrams.units()[pair.first].end <= pair.ngram);
  }
}

void check_buckets(const Ngrams& ngrams) {
  static dss::tokenizer::BucketSet set;
  set.start_over(kBucketBits);
  std::size_t added = 0;
  std::set<std::uint32_t> expected;
  for (std::size_t unit = 0; unit < ngrams.units().size(); ++unit) {
    set.add(ngrams.between(unit, unit + 1), [&](std::uint32_t bucket) {
      ++added;
      expected.insert(bucket);
    });
  }
  require(added == ngrams.hashes().size());
  std::vector<std::uint32_t> buckets(set.buckets().begin(), set.buckets().end());
  std::ranges::sort(buckets);
  require(std::ranges::equal(buckets, expected));
}

void check_plain(const dss::text::Normalized& text, const Ngrams& ngrams) {
  static dss::tokenizer::PlainNgrams plain;
  if (!plain.read(text.text, text.shouts)) return;
  std::vector<std::uint32_t> expected(ngrams.hashes().begin(), ngrams.hashes().end());
  std::vector<std::uint32_t> found(plain.hashes().begin(), plain.hashes().end());
  std::ranges::sort(expected);
  std::ranges::sort(found);
  require(found == expected);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto valid = dss::text::Valid::check({reinterpret_cast<const char*>(data), size});
  if (!valid) return 0;
  static dss::text::Normalizer normalizer;
  static dss::text::Normalized normalized;
  static dss::tokenizer::NgramReader reader;
  static Ngrams ngrams;
  normalizer.run(*valid, &normalized);
  reader.read(normalized.text, normalized.shouts, &ngrams);
  check_units(ngrams, normalized.text.size());
  check_pairs(ngrams);
  check_buckets(ngrams);
  check_plain(normalized, ngrams);
  return 0;
}
