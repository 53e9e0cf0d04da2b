#include "app/features_command.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tokenizer/ngrams.h"
#include "weights/safetensors.h"

namespace dss::app {
namespace {

using namespace std::string_literals;

class FeaturesTest : public ::testing::Test {
 protected:
  FeaturesTest()
      : path_(std::filesystem::temp_directory_path() /
              ("dss-features-" + std::to_string(::getpid()))) {}
  ~FeaturesTest() override { std::filesystem::remove(path_); }

  weights::Safetensors features(const std::string& texts, unsigned bits = 18) {
    std::istringstream in(texts);
    std::ostringstream printed;
    const base::Status done = write_features({path_, bits, false}, in, printed);
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_EQ(printed.str(), "");
    auto file = weights::Safetensors::open(path_);
    if (!file) throw std::runtime_error(file.error().message);
    return std::move(*file);
  }

  template <typename T>
  static std::vector<T> tensor(const weights::Safetensors& file, std::string_view name) {
    const auto& found = file.tensors().find(name)->second;
    const auto values = file.values<T>(name, found.shape);
    return {values->begin(), values->end()};
  }

  std::string path_;
};

TEST_F(FeaturesTest, WritesOneSortedRowPerText) {
  const auto file = features("a fool, a fool\0nice day\0"s);
  const auto indptr = tensor<std::int64_t>(file, "indptr");
  const auto indices = tensor<std::int32_t>(file, "indices");
  const auto counts = tensor<std::int32_t>(file, "counts");
  ASSERT_EQ(indptr.size(), 3U);
  ASSERT_EQ(indices.size(), static_cast<std::size_t>(indptr[2]));
  ASSERT_EQ(counts.size(), indices.size());
  for (std::size_t row = 0; row + 1 < indptr.size(); ++row) {
    const auto begin = indices.begin() + indptr[row];
    const auto end = indices.begin() + indptr[row + 1];
    EXPECT_TRUE(std::is_sorted(begin, end));
    EXPECT_EQ(std::adjacent_find(begin, end), end) << "each bucket once";
  }
  const auto fool =
      static_cast<std::int32_t>(tokenizer::hash_bytes(tokenizer::Kind::kWord, "fool") >> (32 - 18));
  const auto at = std::find(indices.begin(), indices.begin() + indptr[1], fool);
  ASSERT_NE(at, indices.begin() + indptr[1]);
  EXPECT_EQ(counts[static_cast<std::size_t>(at - indices.begin())], 2);
}

TEST_F(FeaturesTest, NamesItsRecipe) {
  const auto file = features("text\0"s, 12);
  EXPECT_EQ(file.metadata().at("bucket_bits"), "12");
  EXPECT_EQ(file.metadata().at("recipe"), tokenizer::kRecipe);
}

TEST_F(FeaturesTest, EmptyAndDamagedTextsKeepTheirRow) {
  const auto file = features("\0\xFF fine\0\0"s);
  const auto indptr = tensor<std::int64_t>(file, "indptr");
  ASSERT_EQ(indptr.size(), 4U);
  EXPECT_EQ(indptr[1], 0);
  EXPECT_GT(indptr[2], 0);
  EXPECT_EQ(indptr[3], indptr[2]);
}

TEST_F(FeaturesTest, ARowDoesNotDependOnItsNeighbours) {
  const auto alone = features("you st.upid f*ck\0"s);
  const auto expected = tensor<std::int32_t>(alone, "indices");
  const auto among = features("something else entirely\0you st.upid f*ck\0"s);
  const auto indptr = tensor<std::int64_t>(among, "indptr");
  const auto all = tensor<std::int32_t>(among, "indices");
  EXPECT_EQ(std::vector<std::int32_t>(all.begin() + indptr[1], all.end()), expected);
}

TEST_F(FeaturesTest, PrintsNormalisedTexts) {
  std::istringstream in("F.U.C.K you\0été\0"s);
  std::ostringstream printed;
  ASSERT_TRUE(write_features({"", 18, true}, in, printed));
  EXPECT_EQ(printed.str(), "fuck you\0ete\0"s);
}

TEST_F(FeaturesTest, RefusesWhatItCannotDo) {
  std::istringstream in;
  std::ostringstream printed;
  const auto refusal = [&](const FeaturesOptions& options) {
    const base::Status done = write_features(options, in, printed);
    return done ? "done" : done.error().message;
  };
  EXPECT_EQ(refusal({"", 18, false}), "--output FILE is missing");
  EXPECT_EQ(refusal({path_, 30, false}), "--bits must be from 10 to 22");
  EXPECT_EQ(refusal({"/nowhere/file", 18, false}), "/nowhere/file: No such file or directory");
}

}  // namespace
}  // namespace dss::app
