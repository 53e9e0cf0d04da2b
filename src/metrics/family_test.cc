#include "metrics/family.h"

#include <array>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dss::metrics {
namespace {

constexpr Spec kSpec{"x_total", Type::kCounter, "a,b", "X."};

std::unique_ptr<Series> series(const std::string& a, const std::string& b) {
  auto made = std::make_unique<Series>();
  made->values = {a, b};
  return made;
}

std::size_t length(const Family& family) {
  std::size_t count = 0;
  for (const Series* one = family.first(); one != nullptr; one = one->next.load()) ++count;
  return count;
}

TEST(Family, SplitsItsLabelNames) {
  EXPECT_THAT(Family(kSpec).label_names(), testing::ElementsAre("a", "b"));
  EXPECT_TRUE(Family({"y", Type::kGauge, "", "Y."}).label_names().empty());
}

TEST(Family, FindsASeriesByAllItsValues) {
  Family family(kSpec);
  Series& first = family.append(series("1", "2"));
  Series& second = family.append(series("2", "1"));
  const auto find = [&](std::string_view a, std::string_view b) {
    return family.find(std::array<std::string_view, 2>{a, b});
  };
  EXPECT_EQ(find("1", "2"), &first);
  EXPECT_EQ(find("2", "1"), &second);
  EXPECT_EQ(find("1", "1"), nullptr);
  EXPECT_EQ(find("", "2"), nullptr);
}

TEST(Family, IsWalkedInOrderWhileItGrows) {
  constexpr std::size_t kSeries = 2000;
  Family family(kSpec);
  std::atomic<bool> done{false};
  std::thread reader([&] {
    std::size_t last = 0;
    while (!done) {
      const std::size_t now = length(family);
      EXPECT_GE(now, last);
      last = now;
    }
  });
  for (std::size_t i = 0; i < kSeries; ++i) family.append(series(std::to_string(i), ""));
  done = true;
  reader.join();
  EXPECT_EQ(length(family), kSeries);
  EXPECT_EQ(family.size(), kSeries);
  EXPECT_EQ(family.first()->values[0], "0");
}

}  // namespace
}  // namespace dss::metrics
