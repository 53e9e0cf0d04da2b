#include "otlp/exporter.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>

#include "otlp/test_collector.h"

namespace dss::otlp {
namespace {

using namespace std::chrono_literals;
using Reply = TestCollector::Reply;

struct Counts {
  std::atomic<std::size_t> sent{0};
  std::atomic<std::size_t> dropped{0};
  std::atomic<std::size_t> failed{0};

  void add(Fate fate, std::size_t spans) {
    (fate == Fate::kSent ? sent : fate == Fate::kDropped ? dropped : failed) += spans;
  }
};

class OtlpExporter : public testing::Test {
 protected:
  Exporter::Config config(const std::string& port) {
    Exporter::Config out;
    out.endpoint = {"127.0.0.1", port, "/v1/traces"};
    out.linger = 10ms;
    out.first_pause = 10ms;
    out.farewell = 300ms;
    out.observe = [this](Fate fate, std::size_t spans) { counts_.add(fate, spans); };
    return out;
  }
  static Spans spans(std::size_t count) { return Spans(count); }
  static std::size_t spans_in(const std::string& body) {
    std::size_t count = 0;
    for (std::size_t at = body.find("\"spanId\""); at != std::string::npos;
         at = body.find("\"spanId\"", at + 1)) {
      ++count;
    }
    return count;
  }
  bool soon(const std::function<bool()>& done) {
    for (int i = 0; i < 500 && !done(); ++i) std::this_thread::sleep_for(10ms);
    return done();
  }

  Counts counts_;
};

TEST_F(OtlpExporter, SendsWhatIsOffered) {
  TestCollector collector;
  Exporter exporter(config(collector.port()));
  EXPECT_TRUE(exporter.offer(spans(3)));
  EXPECT_TRUE(soon([&] { return counts_.sent == 3; }));
  EXPECT_EQ(spans_in(collector.bodies(1).at(0)), 3U);
  EXPECT_EQ(exporter.queued(), 0U);
}

TEST_F(OtlpExporter, MakesNoConnectionBeforeThereIsSomethingToSend) {
  TestCollector collector;
  {
    const Exporter exporter(config(collector.port()));
  }
  EXPECT_EQ(collector.connections(), 0);
}

TEST_F(OtlpExporter, BatchesHaveTheirSizeAndRequestsStayTogether) {
  TestCollector collector;
  {
    auto settings = config(collector.port());
    settings.linger = 10s;
    settings.batch_spans = 10;
    Exporter exporter(settings);
    for (int i = 0; i < 5; ++i) exporter.offer(spans(4));
    exporter.offer(spans(25));
    EXPECT_TRUE(soon([&] { return counts_.sent == 45; }));
  }
  std::vector<std::size_t> sizes;
  for (const std::string& body : collector.bodies(0)) sizes.push_back(spans_in(body));
  for (const std::size_t size : sizes) EXPECT_TRUE(size == 25 || size <= 10) << size;
}

TEST_F(OtlpExporter, TheEndSendsWhatIsQueued) {
  TestCollector collector;
  auto settings = config(collector.port());
  settings.linger = 1h;
  {
    Exporter exporter(settings);
    exporter.offer(spans(7));
  }
  EXPECT_EQ(counts_.sent, 7U);
  EXPECT_EQ(counts_.dropped, 0U);
}

TEST_F(OtlpExporter, WhatFindsNoRoomIsDroppedAndCounted) {
  TestCollector collector;
  auto settings = config(collector.port());
  settings.linger = 1h;
  settings.queue_spans = 10;
  {
    Exporter exporter(settings);
    EXPECT_TRUE(exporter.offer(spans(6)));
    EXPECT_FALSE(exporter.offer(spans(5)));
    EXPECT_TRUE(exporter.offer(spans(4)));
    EXPECT_EQ(counts_.dropped, 5U);
  }
  EXPECT_EQ(counts_.sent, 10U);
}

TEST_F(OtlpExporter, RetriesWhatTheSpecificationCallsRetryable) {
  TestCollector collector({Reply{.status = 503}, Reply{.status = 429}, Reply{.status = 502},
                           Reply{.status = 504}, Reply{.hang_up = true}});
  Exporter exporter(config(collector.port()));
  exporter.offer(spans(2));
  EXPECT_TRUE(soon([&] { return counts_.sent == 2; }));
  const auto bodies = collector.bodies(6);
  ASSERT_EQ(bodies.size(), 6U);
  for (const std::string& body : bodies) EXPECT_EQ(body, bodies[0]);
  EXPECT_EQ(counts_.failed, 0U);
}

TEST_F(OtlpExporter, WaitsAsLongAsTheCollectorAsks) {
  TestCollector collector({Reply{.status = 503, .retry_after = "1"}});
  Exporter exporter(config(collector.port()));
  const auto begin = std::chrono::steady_clock::now();
  exporter.offer(spans(1));
  EXPECT_TRUE(soon([&] { return counts_.sent == 1; }));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 1s);
}

TEST_F(OtlpExporter, ARefusalIsFinal) {
  TestCollector collector({Reply{.status = 400}, Reply{.status = 500}});
  Exporter exporter(config(collector.port()));
  exporter.offer(spans(2));
  EXPECT_TRUE(soon([&] { return counts_.failed == 2; }));
  exporter.offer(spans(3));
  EXPECT_TRUE(soon([&] { return counts_.failed == 5; }));
  exporter.offer(spans(1));
  EXPECT_TRUE(soon([&] { return counts_.sent == 1; }));
  EXPECT_EQ(collector.bodies(3).size(), 3U);
}

TEST_F(OtlpExporter, PartialSuccessCountsWhatWasRejected) {
  TestCollector collector({Reply{.body = R"({"partialSuccess":{"rejectedSpans":"2"}})"}});
  Exporter exporter(config(collector.port()));
  exporter.offer(spans(5));
  EXPECT_TRUE(soon([&] { return counts_.sent == 3 && counts_.failed == 2; }));
}

// Nobody listens: offers stay quick, the queue stays bounded, and the end comes in time.
TEST_F(OtlpExporter, AnAbsentCollectorDelaysNobody) {
  std::string port;
  {
    const TestCollector gone;
    port = gone.port();
  }
  auto settings = config(port);
  settings.queue_spans = 100;
  const auto begin = std::chrono::steady_clock::now();
  {
    Exporter exporter(settings);
    for (int i = 0; i < 1000; ++i) exporter.offer(spans(1));
    EXPECT_LE(exporter.queued(), 100U);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
  EXPECT_EQ(counts_.dropped, 1000U);
  EXPECT_EQ(counts_.sent, 0U);
}

TEST_F(OtlpExporter, EverySpanHasOneFate) {
  TestCollector collector({Reply{.status = 503}, Reply{.status = 400}, Reply{.hang_up = true}});
  std::size_t offered = 0;
  {
    auto settings = config(collector.port());
    settings.queue_spans = 64;
    settings.batch_spans = 16;
    Exporter exporter(settings);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&exporter] {
        for (int i = 0; i < 200; ++i) exporter.offer(spans(3));
      });
    }
    for (std::thread& thread : threads) thread.join();
    offered = 4 * 200 * 3;
  }
  EXPECT_EQ(counts_.sent + counts_.dropped + counts_.failed, offered);
}

}  // namespace
}  // namespace dss::otlp
