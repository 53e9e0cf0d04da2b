// A small model on disk, for tests: every word listed has one weight for `toxic`, all other n-grams
// weigh nothing.
#pragma once

#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "crypto/sha256.h"
#include "models/scores.h"
#include "tokenizer/hash.h"
#include "tokenizer/ngrams.h"
#include "weights/file_bytes.h"
#include "weights/safetensors_writer.h"

namespace dss::models {

/// Makes `simple/` with weights and card in a folder of its own; deletes all of it at the end.
class TinyModel {
 public:
  static constexpr unsigned kBits = 14;
  static constexpr std::size_t kBuckets = std::size_t{1} << kBits;

  /// What the file holds; change it, then write().
  std::vector<std::pair<std::string, int>> words = {
      {"idiot", 120}, {"fool", 90}, {"nice", -60}, {"hate", 70}};
  std::string tf = "binary";
  float norm_floor = 0;
  std::string recipe = std::string(tokenizer::kRecipe);
  std::string languages = R"(["en"])";
  std::size_t window_characters = 120;
  float window_margin = 0.5F;

  TinyModel() {
    directory_ = std::filesystem::temp_directory_path() /
                 ("dss-tiny-" + std::to_string(::getpid()) + "-" + std::to_string(next_number()));
    std::filesystem::create_directories(simple());
  }
  ~TinyModel() { std::filesystem::remove_all(directory_); }
  TinyModel(const TinyModel&) = delete;
  TinyModel& operator=(const TinyModel&) = delete;

  [[nodiscard]] std::string directory() const { return directory_; }
  [[nodiscard]] std::string simple() const { return directory_ / "simple"; }
  [[nodiscard]] std::string weights_path() const { return simple() + "/model.safetensors"; }
  [[nodiscard]] std::string card_path() const { return simple() + "/card.json"; }

  static std::size_t bucket_of(const std::string& word) {
    return static_cast<std::size_t>(tokenizer::hash_bytes(tokenizer::Kind::kWord, word) >>
                                    (32 - kBits));
  }

  static float idf(std::size_t bucket) { return 1 + static_cast<float>((bucket + 6) % 7); }

  void write() {
    weights_.assign(kBuckets * kCategoryCount, 0);
    for (const auto& [word, weight] : words) {
      weights_[bucket_of(word) * kCategoryCount] = static_cast<std::int8_t>(weight);
    }
    const std::vector<float> scale(kCategoryCount, 1);
    const std::vector<float> bias = {-3, -6, -5, -6, -4, -5};
    std::vector<float> frequencies(kBuckets);
    for (std::size_t i = 0; i < kBuckets; ++i) frequencies[i] = idf(i);
    const auto bytes = [](const auto& values) { return std::as_bytes(std::span(values)); };
    const weights::TensorOut tensors[] = {
        {"scale", "F32", {kCategoryCount}, bytes(scale)},
        {"bias", "F32", {kCategoryCount}, bytes(bias)},
        {"idf", "F32", {kBuckets}, bytes(frequencies)},
        {"weights", "I8", {kBuckets, kCategoryCount}, bytes(weights_)}};
    (void)weights::write_safetensors(weights_path(), {}, tensors);
    write_card();
  }

  /// The card alone, for the weights as they stand on disk.
  void write_card() {
    const auto file = weights::FileBytes::open(weights_path());
    const auto bytes = file ? file->bytes() : std::span<const std::byte>();
    std::string curves;
    std::string thresholds;
    std::string labels;
    for (const std::string_view name : kCategoryNames) {
      const std::string key = (labels.empty() ? "\"" : ",\"") + std::string(name) + "\"";
      labels += key;
      curves += key + R"(:{"x":[-4,0,4],"y":[-5,0.5,3]})";
      thresholds += key + ":0.5";
    }
    std::ofstream(card_path())
        << R"({"id":"tiny","version":"1","format":"linear-ngrams-1","sha256":")"
        << crypto::sha256_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()})
        << R"(","created":"2024-01-01","languages":)" << languages << R"(,"labels":[)" << labels
        << R"(],"features":{"bucket_bits":)" << kBits << R"(,"recipe":")" << recipe << R"(","tf":")"
        << tf << R"(","norm":"joint","norm_floor":)" << norm_floor
        << R"(},"windows":{"characters":)" << window_characters << R"(,"margin":)" << window_margin
        << R"(},"calibration":{)" << curves << R"(},"thresholds":{)" << thresholds
        << R"(},"uncertain":{"low":0.3,"high":0.7},"reference_histogram":[0.5,0.5,0,0,0,0,0,0,0,0,0]})";
  }

 private:
  static int next_number() {
    static int number = 0;
    return number++;
  }
  std::filesystem::path directory_;
  std::vector<std::int8_t> weights_;
};

}  // namespace dss::models
