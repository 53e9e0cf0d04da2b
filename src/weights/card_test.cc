#include "weights/card.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "crypto/sha256.h"

namespace dss::weights {
namespace {

const std::string kCard = R"({
  "id": "tiny", "version": "1.2.3", "format": "linear-ngrams-1",
  "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "languages": ["en", "fr"], "labels": ["toxic", "threat"],
  "features": {"bucket_bits": 18, "recipe": "r", "tf": "log", "norm": "joint"},
  "windows": {"characters": 300, "margin": 0.75},
  "calibration": {"toxic": {"x": [-1, 2], "y": [-3, 4]}, "threat": {"x": [0, 1, 2], "y": [0, 0, 1]}},
  "thresholds": {"toxic": 0.5, "threat": 0.25},
  "uncertain": {"low": 0.35, "high": 0.65},
  "reference_histogram": [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  "limits": {"note": "kept as it is"}
})";

class CardTest : public ::testing::Test {
 protected:
  CardTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("dss-card-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(directory_);
  }
  ~CardTest() override { std::filesystem::remove_all(directory_); }

  base::Result<Card> read(const std::string& json) {
    std::ofstream(directory_ / "card.json") << json;
    return read_card(directory_);
  }
  // The refusal of the card with one piece of its text replaced.
  std::string refusal(const std::string& piece, const std::string& by) {
    std::string json = kCard;
    json.replace(json.find(piece), piece.size(), by);
    const auto card = read(json);
    if (card) return "read";
    EXPECT_EQ(card.error().kind, base::ErrorKind::kCorrupt);
    const std::string path = directory_ / "card.json";
    EXPECT_TRUE(card.error().message.starts_with(path + ": ")) << card.error().message;
    return card.error().message.substr(path.size() + 2);
  }

  std::filesystem::path directory_;
};

TEST_F(CardTest, ReadsEveryField) {
  std::ofstream(directory_ / "model.safetensors") << "12345";
  const auto card = read(kCard);
  ASSERT_TRUE(card) << card.error().message;
  EXPECT_EQ(card->id, "tiny");
  EXPECT_EQ(card->version, "1.2.3");
  EXPECT_EQ(card->languages, (std::vector<std::string>{"en", "fr"}));
  ASSERT_EQ(card->labels.size(), 2U);
  EXPECT_EQ(card->labels[1].name, "threat");
  EXPECT_EQ(card->labels[1].calibration.x, (std::vector<float>{0, 1, 2}));
  EXPECT_FLOAT_EQ(card->labels[1].threshold, 0.25F);
  EXPECT_EQ(card->features.bucket_bits, 18U);
  EXPECT_EQ(card->features.tf, "log");
  EXPECT_FLOAT_EQ(card->features.norm_floor, 0);
  EXPECT_EQ(card->windows.characters, 300U);
  EXPECT_FLOAT_EQ(card->windows.margin, 0.75F);
  EXPECT_FLOAT_EQ(card->uncertain_low, 0.35F);
  EXPECT_DOUBLE_EQ(card->reference_histogram[0], 0.9);
  EXPECT_EQ(card->file_bytes, 5U);
  EXPECT_EQ(card->json, kCard);
}

TEST_F(CardTest, SaysWhatIsWrong) {
  EXPECT_EQ(refusal(R"("version": "1.2.3",)", ""), "version is missing");
  EXPECT_EQ(refusal(R"("1.2.3")", "1"), "version must be a string");
  EXPECT_EQ(refusal(R"("0123456789abcdef0)", R"("0)"), "sha256 must have 64 digits");
  EXPECT_EQ(refusal(R"(["toxic", "threat"])", "[]"), "labels must name 1 to 16");
  EXPECT_EQ(refusal(R"("x": [-1, 2])", R"("x": [2, -1])"),
            "calibration of toxic is no increasing curve of two points or more");
  EXPECT_EQ(refusal(R"("y": [-3, 4])", R"("y": [3, -4])"),
            "calibration of toxic is no increasing curve of two points or more");
  EXPECT_EQ(refusal(R"("y": [-3, 4])", R"("y": [-3])"),
            "calibration of toxic is no increasing curve of two points or more");
  EXPECT_EQ(refusal(R"("x": [-1, 2])", R"("x": 7)"), "x must be a list");
  EXPECT_EQ(refusal(R"("threat": 0.25)", R"("threat": 2.5)"),
            "thresholds must lie between 0 and 1");
  EXPECT_EQ(refusal(R"("threat": 0.25)", R"("other": 0.25)"), "threat is missing");
  EXPECT_EQ(refusal("[0.9, 0.1,", "[0.9, 0.2,"),
            "reference_histogram must have 11 shares that sum to 1");
  EXPECT_EQ(refusal(R"("bucket_bits": 18)", R"("bucket_bits": 40)"),
            "bucket_bits must be a whole number from 10 to 22");
  EXPECT_EQ(refusal(R"("low": 0.35)", R"("low": -1)"),
            "uncertain must lie between 0 and 1, low before high");
  EXPECT_EQ(refusal(R"("low": 0.35)", R"("low": 0.95)"),
            "uncertain must lie between 0 and 1, low before high");
  EXPECT_EQ(refusal(R"("bucket_bits": 18)", R"("bucket_bits": 12.5)"),
            "bucket_bits must be a whole number from 10 to 22");
  EXPECT_EQ(refusal(R"("margin": 0.75)", R"("margin": -1e300)"),
            "windows must have a margin from 0 to 20");
}

TEST_F(CardTest, TheNormMayHaveAFloor) {
  EXPECT_EQ(refusal(R"("norm": "joint")", R"("norm": "joint", "norm_floor": 50)"), "read");
  EXPECT_EQ(refusal(R"("norm": "joint")", R"("norm": "joint", "norm_floor": -1)"),
            "norm_floor must be from 0 to 1000000");
}

TEST_F(CardTest, WindowsMayBeLeftOut) {
  EXPECT_EQ(refusal(R"("windows": {"characters": 300, "margin": 0.75},)", ""), "read");
}

TEST_F(CardTest, RefusesEveryCut) {
  for (std::size_t size = 0; size < kCard.size(); ++size) {
    EXPECT_FALSE(read(kCard.substr(0, size))) << size;
  }
}

TEST_F(CardTest, AMissingCardIsNamed) {
  const auto card = read_card(directory_ / "nowhere");
  ASSERT_FALSE(card);
  EXPECT_EQ(card.error().message,
            (directory_ / "nowhere").string() + "/card.json: No such file or directory");
}

TEST_F(CardTest, WeightsMustBeThoseOfTheCard) {
  Card card;
  card.sha256 = crypto::sha256_hex("weights");
  const auto bytes = [](std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
  };
  EXPECT_TRUE(verify_weights(card, "f", bytes("weights")));
  const base::Status altered = verify_weights(card, "f", bytes("Weights"));
  ASSERT_FALSE(altered);
  EXPECT_EQ(altered.error().kind, base::ErrorKind::kCorrupt);
  EXPECT_TRUE(altered.error().message.starts_with("f: differs"));
}

// The card with a member `perspective` of one attribute.
std::string with_scale(const std::string& attribute) {
  std::string json = kCard;
  json.insert(json.find("\"limits\""),
              "\"perspective\": {\"attributes\": {\"TOXICITY\": " + attribute + "}}, ");
  return json;
}

TEST_F(CardTest, ReadsThePerspectiveScale) {
  const auto card = read(
      with_scale(R"({"label": "toxic", "map": {"x": [-9, 0, 9], "y": [0, 0.7, 1]}, "fit": {}})"));
  ASSERT_TRUE(card) << card.error().message;
  ASSERT_EQ(card->perspective.size(), 1U);
  EXPECT_EQ(card->perspective[0].attribute, "TOXICITY");
  EXPECT_EQ(card->perspective[0].label, "toxic");
  EXPECT_EQ(card->perspective[0].points.y, (std::vector<float>{0, 0.7F, 1}));
}

TEST_F(CardTest, RefusesAPerspectiveScaleThatIsNone) {
  for (const char* attribute : {R"({"label": "toxic", "map": {"x": [-9, 9], "y": [0, 1.5]}})",
                                R"({"label": "toxic", "map": {"x": [-9, 9], "y": [1, 0]}})",
                                R"({"label": "toxic", "map": {"x": [-9], "y": [0]}})",
                                R"({"label": "toxic", "map": {"x": [9, -9], "y": [0, 1]}})",
                                R"({"label": "insult", "map": {"x": [-9, 9], "y": [0, 1]}})",
                                R"({"label": "toxic"})", "1"}) {
    const auto card = read(with_scale(attribute));
    ASSERT_FALSE(card) << attribute;
    EXPECT_EQ(card.error().kind, base::ErrorKind::kCorrupt);
  }
}

}  // namespace
}  // namespace dss::weights
