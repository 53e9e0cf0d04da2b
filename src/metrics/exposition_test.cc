#include "metrics/exposition.h"

#include <zlib.h>

#include "gtest/gtest.h"
#include "metrics/gzip.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

using enum Type;

constexpr auto kBounds = std::to_array<double>({1});
constexpr Spec kFamilies[] = {
    {"requests_total", kCounter, "", "Requests."},
    {"wait_seconds", kHistogram, "", "Wait.", kBounds},
    {"open", kGauge, "", "Open."},
};

std::string gunzip(std::string_view data) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

/// Which families a query keeps, as the TYPE lines tell.
std::string kept(std::string_view query) {
  const Registry registry(kFamilies);
  const std::string body = expose(registry, {.query = query}).body;
  std::string names;
  for (const Spec& spec : kFamilies) {
    if (body.find("# TYPE " + std::string(spec.name)) != std::string::npos) {
      names += std::string(spec.name) + ' ';
    }
  }
  return names;
}

TEST(Expose, AnswersInTheFormatAndCodingThatWereAskedFor) {
  const Registry registry(kFamilies);
  const Exposition plain = expose(registry, {});
  EXPECT_EQ(plain.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(plain.content_encoding, "");
  const Exposition packed =
      expose(registry, {.accept = "application/openmetrics-text", .accept_encoding = "gzip"});
  EXPECT_EQ(packed.content_type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_EQ(packed.content_encoding, "gzip");
  EXPECT_TRUE(gunzip(packed.body).ends_with("# EOF\n"));
}

TEST(Expose, KeepsTheFamiliesThatAreNamed) {
  const std::string all = "requests_total wait_seconds open ";
  EXPECT_EQ(kept(""), all);
  EXPECT_EQ(kept("x=1&name=open"), all);
  EXPECT_EQ(kept("name[]=open"), "open ");
  EXPECT_EQ(kept("name%5B%5D=open&name[]=requests_total"), "requests_total open ");
  EXPECT_EQ(kept("name[]=requests"), "requests_total ");
  EXPECT_EQ(kept("name[]=wait_seconds_bucket"), "wait_seconds ");
  EXPECT_EQ(kept("name[]=wait_seconds_sum&name[]=x"), "wait_seconds ");
  EXPECT_EQ(kept("name[]=wait%5Fseconds"), "wait_seconds ");
  EXPECT_EQ(kept("name[]=open_sum"), "");
  EXPECT_EQ(kept("name[]=op"), "");
  EXPECT_EQ(kept("name[]=%zz&name[]=%"), "");
}

RC_GTEST_PROP(Gzip, ComesBackWhole, (const std::string& data)) {
  RC_ASSERT(gunzip(gzip(data)) == data);
}

RC_GTEST_PROP(Expose, AnyQueryIsReadWithoutHarm, (const std::string& query)) { (void)kept(query); }

}  // namespace
}  // namespace dss::metrics
