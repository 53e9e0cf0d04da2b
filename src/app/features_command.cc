#include "app/features_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <vector>

#include "app/exit_status.h"
#include "base/utf8.h"
#include "text/normalize.h"
#include "tokenizer/bucket_counter.h"
#include "tokenizer/ngrams.h"
#include "weights/safetensors_writer.h"

namespace dss::app {
namespace {

constexpr unsigned kFewestBits = 10;
constexpr unsigned kMostBits = 22;

// The rows so far, as a compressed sparse row matrix.
struct Matrix {
  std::vector<std::int64_t> indptr{0};
  std::vector<std::int32_t> indices;
  std::vector<std::int32_t> counts;
};

class RowMaker {
 public:
  explicit RowMaker(unsigned bits) : shift_(32 - bits) {}

  const std::string& normalize(const std::string& text) {
    const std::string repaired = base::replace_invalid_utf8(text);
    normalizer_.run(text::Valid::promise(repaired), &normalized_);
    return normalized_.text;
  }

  void append(const std::string& text, Matrix* matrix) {
    counter_.start_over();
    normalize(text);
    reader_.read(normalized_.text, normalized_.shouts, &ngrams_);
    for (const std::uint32_t hash : ngrams_.hashes()) counter_.add(hash >> shift_);
    row_.assign(counter_.buckets().begin(), counter_.buckets().end());
    std::sort(row_.begin(), row_.end());
    for (const std::uint32_t bucket : row_) {
      matrix->indices.push_back(static_cast<std::int32_t>(bucket));
      matrix->counts.push_back(
          static_cast<std::int32_t>(counter_.counts()[counter_.index_of(bucket)]));
    }
    matrix->indptr.push_back(static_cast<std::int64_t>(matrix->indices.size()));
  }

 private:
  unsigned shift_;
  text::Normalizer normalizer_;
  text::Normalized normalized_;
  tokenizer::NgramReader reader_;
  tokenizer::Ngrams ngrams_;
  tokenizer::BucketCounter counter_;
  std::vector<std::uint32_t> row_;
};

template <typename T>
weights::TensorOut tensor(std::string name, std::string_view dtype, const std::vector<T>& values) {
  return {std::move(name), dtype, {values.size()}, std::as_bytes(std::span(values))};
}

class FeaturesCommand final : public Command {
 public:
  std::string_view name() const override { return "features"; }
  std::string_view summary() const override {
    return "Turn texts into the features that the simple model is trained on.";
  }
  std::string_view examples() const override {
    return "Example:\n"
           "  printf 'first text\\0second text\\0' | dss features --bits 18 --output "
           "features.safetensors\n";
  }
  void declare(CLI::App* app) override {
    app->add_option("-o,--output", options_.output, "safetensors file to write");
    app->add_option("--bits", options_.bits, "2^bits buckets (10 to 22)")->capture_default_str();
    app->add_flag("--normalized", options_.normalized, "print the normalised texts instead");
  }
  base::Result<int> run() override {
    const base::Status done = write_features(options_, std::cin, std::cout);
    if (!done) return base::fail(done.error());
    return kSuccess;
  }

 private:
  FeaturesOptions options_;
};

}  // namespace

base::Status write_features(const FeaturesOptions& options, std::istream& texts,
                            std::ostream& printed) {
  if (options.bits < kFewestBits || options.bits > kMostBits) {
    return base::fail(base::ErrorKind::kInvalidArgument, "--bits must be from 10 to 22");
  }
  if (options.output.empty() && !options.normalized) {
    return base::fail(base::ErrorKind::kInvalidArgument, "--output FILE is missing");
  }
  RowMaker maker(options.bits);
  Matrix matrix;
  for (std::string text; std::getline(texts, text, '\0');) {
    if (options.normalized) {
      printed << maker.normalize(text) << '\0';
    } else {
      maker.append(text, &matrix);
    }
  }
  if (options.normalized) {
    if (printed.flush()) return {};
    return base::fail(base::ErrorKind::kIo, "cannot write the normalised texts");
  }
  const weights::TensorOut tensors[] = {tensor("indptr", "I64", matrix.indptr),
                                        tensor("indices", "I32", matrix.indices),
                                        tensor("counts", "I32", matrix.counts)};
  return weights::write_safetensors(
      options.output,
      {{"bucket_bits", std::to_string(options.bits)}, {"recipe", std::string(tokenizer::kRecipe)}},
      tensors);
}

std::unique_ptr<Command> make_features_command() { return std::make_unique<FeaturesCommand>(); }

}  // namespace dss::app
