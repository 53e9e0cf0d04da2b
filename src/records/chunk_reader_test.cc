#include "records/chunk_reader.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "records/test_support.h"

namespace dss::records {
namespace {

std::vector<Chunk> read_all(const std::string& content, InputFormat format) {
  const TemporaryFile file(content);
  const auto source = ByteSource::open(file.path()).value();
  ChunkReader reader(source.get(), format);
  std::vector<Chunk> chunks;
  while (true) {
    auto chunk = reader.next().value();
    if (!chunk) return chunks;
    chunks.push_back(std::move(*chunk));
  }
}

std::string many_lines() {
  std::string text;
  for (int i = 1; i <= 100'000; ++i) text += std::to_string(i) + "\n";
  return text;
}

TEST(ChunkReader, CutsBetweenLinesAndCountsThem) {
  const auto chunks = read_all(many_lines(), InputFormat::kLines);
  ASSERT_GT(chunks.size(), 1U);
  std::string all;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    EXPECT_EQ(chunks[i].index, i);
    EXPECT_EQ(chunks[i].rows().back(), '\n');
    EXPECT_EQ(std::stoul(std::string(chunks[i].rows())), chunks[i].first_line);
    all += chunks[i].rows();
  }
  EXPECT_EQ(all, many_lines());
}

TEST(ChunkReader, ARowLongerThanAReadStaysWhole) {
  const std::string row(3'000'000, 'x');
  const auto chunks = read_all(row + "\nshort", InputFormat::kNdjson);
  ASSERT_EQ(chunks.size(), 2U);
  EXPECT_EQ(chunks[0].rows(), row + "\n");
  EXPECT_EQ(chunks[1].rows(), "short");
  EXPECT_EQ(chunks[1].first_line, 2U);
}

TEST(ChunkReader, CsvIsNotCutWithinQuotes) {
  std::string content = "text\n";
  for (int i = 0; i < 50'000; ++i) content += "\"line\nline, \"\"quoted\"\"\"\n";
  for (const Chunk& chunk : read_all(content, InputFormat::kCsv)) {
    EXPECT_TRUE(chunk.rows().ends_with("\"\"\"\n"));
    EXPECT_TRUE(chunk.rows().starts_with(chunk.index == 0 ? "text\n" : "\"line\n"));
  }
}

TEST(ChunkReader, DropsAByteOrderMarkAndKeepsAnEmptyFileEmpty) {
  EXPECT_EQ(read_all("\xEF\xBB\xBFtext\n", InputFormat::kLines).at(0).rows(), "text\n");
  EXPECT_TRUE(read_all("", InputFormat::kLines).empty());
  EXPECT_TRUE(read_all("\xEF\xBB\xBF", InputFormat::kText).empty());
}

TEST(ChunkReader, ATextIsOneChunk) {
  const auto chunks = read_all(many_lines(), InputFormat::kText);
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_EQ(chunks[0].rows(), many_lines());
}

TEST(ChunkReader, PeekingTakesNothing) {
  const auto source = ByteSource::of_text("{\"text\":\"a\"}\n");
  ChunkReader reader(source.get(), InputFormat::kText);
  EXPECT_TRUE(reader.peek().value().starts_with('{'));
  reader.set_format(InputFormat::kNdjson);
  EXPECT_EQ(reader.next().value()->rows(), "{\"text\":\"a\"}\n");
}

}  // namespace
}  // namespace dss::records
