#include "weights/safetensors.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "rapidcheck/gtest.h"
#include "weights/safetensors_writer.h"

namespace dss::weights {
namespace {

class SafetensorsTest : public ::testing::Test {
 protected:
  SafetensorsTest()
      : path_(std::filesystem::temp_directory_path() /
              ("dss-safetensors-" + std::to_string(::getpid()))) {}
  ~SafetensorsTest() override { std::filesystem::remove(path_); }

  // A file with this header and `data_size` zero bytes behind it.
  std::string opened(const std::string& header, std::size_t data_size) {
    const std::uint64_t length = header.size();
    std::ofstream file(path_, std::ios::binary);
    file.write(reinterpret_cast<const char*>(&length), sizeof length);
    file << header << std::string(data_size, '\0');
    file.close();
    return open();
  }
  std::string open() {
    const auto file = Safetensors::open(path_);
    if (file) return "ok";
    EXPECT_TRUE(file.error().message.starts_with(path_ + ": ")) << file.error().message;
    return file.error().message.substr(path_.size() + 2);
  }
  void write_sample() {
    const std::array<float, 2> wide = {1, 2};
    const std::array<std::int8_t, 3> narrow = {4, 5, 6};
    const TensorOut tensors[] = {{"wide", "F32", {2}, std::as_bytes(std::span(wide))},
                                 {"narrow", "I8", {3, 1}, std::as_bytes(std::span(narrow))}};
    ASSERT_TRUE(write_safetensors(path_, {{"made by", "a \"test\""}}, tensors));
  }

  std::string path_;
};

TEST_F(SafetensorsTest, ReadsWhatWasWritten) {
  write_sample();
  const auto file = Safetensors::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  const auto wide = file->values<float>("wide", std::array<std::size_t, 1>{2});
  ASSERT_TRUE(wide);
  EXPECT_EQ((*wide)[1], 2);
  const auto narrow = file->values<std::int8_t>("narrow", std::array<std::size_t, 2>{3, 1});
  ASSERT_TRUE(narrow);
  EXPECT_EQ((*narrow)[2], 6);
  EXPECT_EQ(file->metadata().at("made by"), "a \"test\"");
}

TEST_F(SafetensorsTest, NamesWhatATensorIsAndWhatItShouldBe) {
  write_sample();
  const auto file = Safetensors::open(path_);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->values<float>("absent", std::array<std::size_t, 1>{2}).error().message,
            path_ + ": has no tensor absent");
  EXPECT_EQ(file->values<float>("narrow", std::array<std::size_t, 1>{2}).error().message,
            path_ + ": tensor narrow is I8 [3, 1], expected F32 [2]");
}

TEST_F(SafetensorsTest, ANameOfSeveralLinesIsToldInOne) {
  EXPECT_EQ(opened(R"({"a\nb":{}})", 0), "tensor a?b has an unknown dtype");
}

TEST_F(SafetensorsTest, RefusesEveryCut) {
  write_sample();
  for (std::size_t size = std::filesystem::file_size(path_); size-- > 0;) {
    std::filesystem::resize_file(path_, size);
    EXPECT_NE(open(), "ok") << size;
  }
}

TEST_F(SafetensorsTest, RefusesBytesBehindTheEnd) {
  write_sample();
  std::ofstream(path_, std::ios::app) << 'x';
  EXPECT_EQ(open(), "has bytes behind the last tensor");
}

TEST_F(SafetensorsTest, SaysWhatIsWrong) {
  EXPECT_EQ(opened("[]", 0), "has a header that is no JSON object");
  EXPECT_EQ(opened("{nonsense", 0), "has a header that is no JSON object");
  EXPECT_EQ(opened(R"({"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}})", 4),
            "tensor a has an unknown dtype");
  EXPECT_EQ(opened(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4),
            "tensor a has no shape");
  EXPECT_EQ(opened(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", 4),
            "tensor a has no data_offsets");
  EXPECT_EQ(opened(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", 4),
            "tensor a reaches beyond the end of the file");
  EXPECT_EQ(opened(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4),
            "tensor a reaches beyond the end of the file");
  EXPECT_EQ(opened(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4),
            "tensor a has offsets that differ from its shape");
  EXPECT_EQ(
      opened(R"({"a":{"dtype":"I8","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0),
      "tensor a has offsets that differ from its shape");
}

TEST_F(SafetensorsTest, RefusesGapsOverlapsAndMisalignment) {
  EXPECT_EQ(opened(R"({"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},)"
                   R"("b":{"dtype":"I8","shape":[1],"data_offsets":[2,3]}})",
                   3),
            "has tensors that overlap or leave a gap");
  EXPECT_EQ(opened(R"({"a":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},)"
                   R"("b":{"dtype":"I8","shape":[2],"data_offsets":[1,3]}})",
                   3),
            "has tensors that overlap or leave a gap");
  const std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  EXPECT_EQ(opened(header + std::string(8 - header.size() % 8, ' '), 4), "ok");
  EXPECT_EQ(opened(header + std::string(9 - header.size() % 8, ' '), 4), "tensor a is misaligned");
}

TEST_F(SafetensorsTest, RefusesAHugeHeaderLength) {
  const std::uint64_t length = std::uint64_t{1} << 60;
  std::ofstream file(path_, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&length), sizeof length);
  file.close();
  EXPECT_EQ(open(), "is no safetensors file (header too long)");
}

TEST_F(SafetensorsTest, FoldersAndMissingFilesAreNamed) {
  const auto folder = Safetensors::open("/tmp");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().message, "/tmp: Is a directory");
  EXPECT_EQ(open(), "No such file or directory");
}

// Whatever a byte of the header becomes, the file is refused or stays readable: nothing crashes.
RC_GTEST_FIXTURE_PROP(SafetensorsTest, AnyFlippedByteIsSurvived, ()) {
  write_sample();
  const auto size = std::filesystem::file_size(path_);
  const auto at = *rc::gen::inRange<std::size_t>(0, size);
  const auto byte = *rc::gen::arbitrary<char>();
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(at));
  file.put(byte);
  file.close();
  const auto opened_file = Safetensors::open(path_);
  if (!opened_file) return;
  for (const auto& [name, tensor] : opened_file->tensors()) {
    int sum = 0;
    for (const std::byte each : tensor.bytes) sum += static_cast<int>(each);
    RC_ASSERT(sum >= 0);
  }
}

}  // namespace
}  // namespace dss::weights
