#include "trace/context.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::trace {
namespace {

constexpr std::string_view kExample = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Traceparent, ReadsTheExampleOfTheSpecification) {
  const auto context = parse_traceparent(kExample);
  ASSERT_TRUE(context.has_value());
  EXPECT_TRUE(context->valid());
  EXPECT_TRUE(context->sampled);
  EXPECT_EQ(context->trace_id_hex(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(context->parent_id[1], 0xF0);
  EXPECT_EQ(context->span_id_hex(), "0000000000000000");
}

TEST(Traceparent, OnlyTheLowestFlagMeansSampled) {
  std::string header(kExample);
  header.replace(53, 2, "02");
  EXPECT_FALSE(parse_traceparent(header)->sampled);
  header.replace(53, 2, "ff");
  EXPECT_TRUE(parse_traceparent(header)->sampled);
}

TEST(Traceparent, ReadsAHigherVersionByItsFirst55Characters) {
  std::string header(kExample);
  header.replace(0, 2, "cc");
  EXPECT_TRUE(parse_traceparent(header).has_value());
  EXPECT_TRUE(parse_traceparent(header + "-what-the-future-brings").has_value());
  EXPECT_FALSE(parse_traceparent(header + ".what").has_value());
}

TEST(Traceparent, RefusesWhatBreaksTheSpecification) {
  for (const std::string_view header : {
           "",
           "00",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
           "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "FF-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
           "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
           "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0X",
       }) {
    EXPECT_FALSE(parse_traceparent(header).has_value()) << header;
  }
}

TEST(Context, ANewTraceIsValidAndNotSampled) {
  base::Rng rng(7);
  const Context context = new_trace(&rng);
  EXPECT_TRUE(context.valid());
  EXPECT_FALSE(context.sampled);
  EXPECT_NE(context.span_id_hex(), "0000000000000000");
  EXPECT_EQ(context.parent_id, (std::array<std::uint8_t, 8>{}));
  EXPECT_FALSE(Context{}.valid());
}

RC_GTEST_PROP(Context, WhatIsPassedOnIsReadBackAsTheParent, ()) {
  base::Rng rng(*rc::gen::arbitrary<std::uint64_t>());
  Context sent = new_trace(&rng);
  sent.sampled = *rc::gen::arbitrary<bool>();
  const auto received = parse_traceparent(sent.traceparent());
  RC_ASSERT(received.has_value());
  RC_ASSERT(received->trace_id == sent.trace_id);
  RC_ASSERT(received->parent_id == sent.span_id);
  RC_ASSERT(received->sampled == sent.sampled);
}

RC_GTEST_PROP(Context, AnyBytesAreReadWithoutHarm, (const std::string& header)) {
  const auto context = parse_traceparent(header);
  RC_ASSERT(!context || context->valid());
}

}  // namespace
}  // namespace dss::trace
