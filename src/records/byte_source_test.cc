#include "records/byte_source.h"

#include <zlib.h>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "records/test_support.h"

namespace dss::records {
namespace {

std::string gzip(const std::string& content) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, content.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

base::Result<std::string> read_all(const std::string& path) {
  auto source = ByteSource::open(path);
  if (!source) return base::fail(source.error());
  std::string out;
  while (true) {
    const auto more = (*source)->read_more(&out);
    if (!more) return base::fail(more.error());
    if (!*more) return out;
  }
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "row " + std::to_string(i) + "\n";
  return text;
}

TEST(ByteSource, ReadsPlainFilesWhole) {
  for (const std::string& content : {std::string(), std::string("a"), long_text()}) {
    const TemporaryFile file(content);
    EXPECT_EQ(read_all(file.path()).value(), content);
  }
}

TEST(ByteSource, UnpacksGzipAndSeveralMembers) {
  const std::string content = long_text();
  const TemporaryFile one(gzip(content));
  EXPECT_EQ(read_all(one.path()).value(), content);
  const TemporaryFile three(gzip("a") + gzip("") + gzip("b"));
  EXPECT_EQ(read_all(three.path()).value(), "ab");
}

TEST(ByteSource, ZerosBehindGzipArePadding) {
  const TemporaryFile padded(gzip("a") + std::string(600'000, '\0'));
  EXPECT_EQ(read_all(padded.path()).value(), "a");
  const TemporaryFile between(gzip("a") + std::string(10, '\0') + gzip("b"));
  EXPECT_EQ(read_all(between.path()).value(), "ab");
  const TemporaryFile behind(gzip("a") + std::string(10, '\0') + "x");
  EXPECT_FALSE(read_all(behind.path()).has_value());
}

TEST(ByteSource, KnowsHowFarItIs) {
  const TemporaryFile file(long_text());
  const auto source = ByteSource::open(file.path()).value();
  EXPECT_EQ(source->size(), long_text().size());
  std::string out;
  EXPECT_TRUE(source->read_more(&out).value());
  EXPECT_EQ(source->position(), out.size());
}

TEST(ByteSource, ACutGzipIsAnErrorNotAShortFile) {
  const std::string packed = gzip(long_text());
  const TemporaryFile file(packed.substr(0, packed.size() / 2));
  const auto read = read_all(file.path());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().kind, base::ErrorKind::kCorrupt);
  EXPECT_NE(read.error().message.find("cut short"), std::string::npos);
}

TEST(ByteSource, AnAlteredGzipIsAnError) {
  std::string packed = gzip(long_text());
  packed[packed.size() / 2] ^= 0x55;
  const TemporaryFile file(packed);
  const auto read = read_all(file.path());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().kind, base::ErrorKind::kCorrupt);
}

TEST(ByteSource, NamesWhatCannotBeOpened) {
  EXPECT_EQ(read_all("/nonexistent").error().message, "/nonexistent: No such file or directory");
  EXPECT_EQ(read_all("/nonexistent").error().kind, base::ErrorKind::kNotFound);
  EXPECT_EQ(read_all("/tmp").error().message, "/tmp: it is a folder");
}

TEST(ByteSource, ATextAtHand) {
  const auto source = ByteSource::of_text("\x1F\x8B is no gzip here");
  std::string out;
  EXPECT_TRUE(source->read_more(&out).value());
  EXPECT_FALSE(source->read_more(&out).value());
  EXPECT_EQ(out, "\x1F\x8B is no gzip here");
}

RC_GTEST_PROP(ByteSource, PackingAndReadingAreInverse, (const std::string& content)) {
  const TemporaryFile file(gzip(content));
  RC_ASSERT(read_all(file.path()).value() == content);
}

}  // namespace
}  // namespace dss::records
