// Times the encoder: one line of JSON in, one out (see bench/encoder/README.md).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "json/reader.h"
#include "json/writer.h"
#include "models/encoder/encoder.h"
#include "peak.h"

namespace {

using dss::models::Encoder;
using dss::models::PackedBatch;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kBegin = 101;  // [CLS]
constexpr std::uint32_t kEnd = 102;    // [SEP]
constexpr std::size_t kFirstWord = 1000;
constexpr double kPeakSeconds = 0.02;

struct Arguments {
  std::string model;
  std::string precision = "int8";
  std::string isa = "auto";
  std::size_t threads = 1;
};

struct Case {
  std::vector<std::size_t> lengths;
  std::size_t batch_tokens = 256;
  double seconds = 0.5;
  double warm_up = 0.05;
};

std::vector<PackedBatch> batches_of(const Case& wanted, const Encoder& encoder) {
  std::uint64_t state = 1;
  const std::size_t words = encoder.config().vocabulary - kFirstWord;
  std::vector<PackedBatch> batches(1);
  for (const std::size_t length : wanted.lengths) {
    std::vector<std::uint32_t> ids(length, kBegin);
    for (std::size_t i = 1; i < length; ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      ids[i] = static_cast<std::uint32_t>(kFirstWord + (state >> 33) % words);
    }
    ids.back() = kEnd;
    const bool full = batches.back().tokens() + length > wanted.batch_tokens;
    if (full && batches.back().texts() != 0) batches.emplace_back();
    batches.back().add(ids);
  }
  return batches;
}

struct Work {
  std::uint64_t tokens = 0;
  std::uint64_t operations = 0;
};

// All batches again and again until the time is over; the loop ends behind a whole round.
Work run_for(const Encoder& encoder, const std::vector<PackedBatch>& batches, double seconds) {
  std::size_t most = 0;
  Work round;
  for (const PackedBatch& batch : batches) {
    most = std::max(most, batch.tokens());
    round.tokens += batch.tokens();
    round.operations += encoder.operations(batch);
  }
  auto workspace = encoder.workspace(most);
  std::vector<float> logits(most * encoder.config().labels.size());
  Work done;
  const auto begin = Clock::now();
  do {
    for (const PackedBatch& batch : batches) encoder.forward(batch, workspace, logits);
    done.tokens += round.tokens;
    done.operations += round.operations;
  } while (std::chrono::duration<double>(Clock::now() - begin).count() < seconds);
  return done;
}

std::string answer(const Encoder& encoder, const Case& wanted, std::size_t threads) {
  const auto batches = batches_of(wanted, encoder);
  run_for(encoder, batches, wanted.warm_up);
  std::vector<Work> work(threads);
  const double before = dss::bench::int8_peak(encoder.instruction_set(), kPeakSeconds);
  const auto begin = Clock::now();
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) {
      others.emplace_back([&, i] { work[i] = run_for(encoder, batches, wanted.seconds); });
    }
    work[0] = run_for(encoder, batches, wanted.seconds);
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const double after = dss::bench::int8_peak(encoder.instruction_set(), kPeakSeconds);
  Work sum;
  for (const Work& each : work) {
    sum.tokens += each.tokens;
    sum.operations += each.operations;
  }
  std::string line;
  dss::json::Writer writer(&line);
  writer.begin_object().key("tokens").unsigned_integer(sum.tokens);
  writer.key("seconds").number(seconds).key("operations").unsigned_integer(sum.operations);
  writer.key("peak_gops").number(std::max(before, after)).end_object();
  return line;
}

// {"ids": [[101, …, 102], …]}: the logits of these texts, computed as one batch.
std::string logits_of(const Encoder& encoder, const dss::json::Value& ids) {
  PackedBatch batch;
  for (const auto text : ids.items()) {
    std::vector<std::uint32_t> row;
    for (const auto id : text.items()) {
      row.push_back(static_cast<std::uint32_t>(id.integer().value_or(0)));
    }
    batch.add(row);
  }
  const std::size_t labels = encoder.config().labels.size();
  auto workspace = encoder.workspace(std::max<std::size_t>(batch.tokens(), 1));
  std::vector<float> logits(batch.texts() * labels);
  encoder.forward(batch, workspace, logits);
  std::string line;
  dss::json::Writer writer(&line);
  writer.begin_object().key("logits").begin_array();
  for (std::size_t text = 0; text < batch.texts(); ++text) {
    writer.begin_array();
    for (std::size_t i = 0; i < labels; ++i) writer.number(logits[text * labels + i]);
    writer.end_array();
  }
  writer.end_array().end_object();
  return line;
}

std::optional<Arguments> parse(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = values[i];
    const std::string value = values[i + 1];
    if (name == "--model") {
      arguments.model = value;
    } else if (name == "--precision") {
      arguments.precision = value;
    } else if (name == "--isa") {
      arguments.isa = value;
    } else if (name == "--threads") {
      arguments.threads = std::stoul(value);
    } else {
      return std::nullopt;
    }
  }
  if (arguments.model.empty() || count % 2 == 0) return std::nullopt;
  return arguments;
}

std::optional<dss::kernels::Precision> precision_named(const std::string& name) {
  static const std::map<std::string, dss::kernels::Precision> kNames = {
      {"int8", dss::kernels::Precision::kInt8},
      {"bf16", dss::kernels::Precision::kBf16},
      {"fp32", dss::kernels::Precision::kFp32}};
  const auto found = kNames.find(name);
  if (found == kNames.end()) return std::nullopt;
  return found->second;
}

Case case_of(const dss::json::Value& value) {
  Case wanted;
  const auto number = [&value](std::string_view name, double otherwise) {
    const auto member = value.find(name);
    return member ? member->number().value_or(otherwise) : otherwise;
  };
  if (const auto lengths = value.find("lengths")) {
    for (const auto item : lengths->items()) {
      wanted.lengths.push_back(std::max<std::size_t>(item.unsigned_integer().value_or(2), 2));
    }
  }
  wanted.batch_tokens = static_cast<std::size_t>(number("batch_tokens", 256));
  wanted.seconds = number("seconds", wanted.seconds);
  wanted.warm_up = number("warmup", wanted.warm_up);
  return wanted;
}

}  // namespace

int main(int count, char** values) {
  const auto arguments = parse(count, values);
  const auto precision = arguments ? precision_named(arguments->precision) : std::nullopt;
  if (!precision) {
    std::cerr << "usage: bench_encoder --model DIR [--precision int8|bf16|fp32] [--isa NAME] "
                 "[--threads N]\n";
    return 2;
  }
  Encoder::Options options{*precision, std::nullopt};
  const auto available = dss::kernels::available_instruction_sets();
  if (arguments->isa != "auto") {
    options.instruction_set = dss::kernels::instruction_set_named(arguments->isa);
    if (!options.instruction_set || std::find(available.begin(), available.end(),
                                              *options.instruction_set) == available.end()) {
      std::cerr << "bench_encoder: this processor has no " << arguments->isa << "\n";
      return 1;
    }
  }
  const auto encoder = Encoder::open(arguments->model, options);
  if (!encoder) {
    std::cerr << "bench_encoder: " << encoder.error().message << "\n";
    return 1;
  }
  const auto set = encoder->instruction_set();
  std::string line;
  dss::json::Writer writer(&line);
  writer.begin_object().key("isa").string(dss::kernels::name_of(set));
  writer.key("int8_peak_gops").number(dss::bench::int8_peak(set, kPeakSeconds));
  writer.key("fast_batch_tokens")
      .unsigned_integer(dss::kernels::fast_batch_tokens(set))
      .end_object();
  std::cout << line << std::endl;
  dss::json::Reader reader;
  while (std::getline(std::cin, line)) {
    const auto value = reader.parse(line);
    if (!value || value->find("quit")) return value ? 0 : 1;
    const auto ids = value->find("ids");
    std::cout << (ids ? logits_of(*encoder, *ids)
                      : answer(*encoder, case_of(*value), arguments->threads))
              << std::endl;
  }
  return 0;
}
