#include "metrics/process_metrics.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/catalogue.h"
#include "metrics/sample_test.h"

namespace dss::metrics {
namespace {

/// A folder with the few files that the kernel would offer.
class FakeKernel {
 public:
  FakeKernel()
      : root_(std::filesystem::temp_directory_path() / ("proc_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(root_ / "self/fd");
    std::filesystem::create_directories(root_ / "pressure");
  }
  ~FakeKernel() { std::filesystem::remove_all(root_); }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name) << text;
  }
  [[nodiscard]] ProcessFiles files() const { return {root_.string(), root_.string()}; }

 private:
  std::filesystem::path root_;
};

TEST(ProcessMetrics, ReadThisProcess) {
  Registry registry(catalogue());
  register_process_metrics(&registry);
  EXPECT_GT(std::stod(sample(registry, "process_resident_memory_bytes")), 1e5);
  EXPECT_GT(std::stod(sample(registry, "process_virtual_memory_bytes")), 1e6);
  EXPECT_GE(std::stod(sample(registry, "process_cpu_seconds_total")), 0);
  EXPECT_GT(std::stod(sample(registry, "process_max_fds")), 10);
  const double started = std::stod(sample(registry, "process_start_time_seconds"));
  EXPECT_NEAR(started, static_cast<double>(time(nullptr)), 3600);
}

TEST(ProcessMetrics, OpenFilesFollowTheProcess) {
  Registry registry(catalogue());
  register_process_metrics(&registry);
  const double before = std::stod(sample(registry, "process_open_fds"));
  const int copy = dup(0);
  EXPECT_EQ(std::stod(sample(registry, "process_open_fds")), before + 1);
  close(copy);
}

TEST(ProcessMetrics, TheHeapFollowsWhatIsAllocated) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer's allocator has no figures";
#endif
  Registry registry(catalogue());
  register_process_metrics(&registry);
  const double before = std::stod(sample(registry, "dss_heap_allocated_bytes"));
  std::vector<std::vector<char>> blocks;
  for (int i = 0; i < 1000; ++i) blocks.emplace_back(1000);
  EXPECT_NEAR(std::stod(sample(registry, "dss_heap_allocated_bytes")), before + 1.0e6, 1.5e5);
  blocks = {};
  EXPECT_NEAR(std::stod(sample(registry, "dss_heap_allocated_bytes")), before, 1.5e5);
}

TEST(ProcessMetrics, ThrottlingAndPressureAreReadAtEachScrape) {
  FakeKernel kernel;
  kernel.write("cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_usec 1500000\n");
  kernel.write("pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=250000\n");
  Registry registry(catalogue());
  register_process_metrics(&registry, kernel.files());
  EXPECT_EQ(sample(registry, R"(dss_cgroup_periods_total{throttled="true"})"), "4.0");
  EXPECT_EQ(sample(registry, R"(dss_cgroup_periods_total{throttled="false"})"), "6.0");
  EXPECT_EQ(sample(registry, "dss_cgroup_throttled_seconds_total"), "1.5");
  EXPECT_EQ(sample(registry, "dss_cpu_pressure_waiting_seconds_total"), "0.25");
  kernel.write("cpu.stat", "nr_periods 20\nnr_throttled 4\nthrottled_usec 1500000\n");
  EXPECT_EQ(sample(registry, R"(dss_cgroup_periods_total{throttled="false"})"), "16.0");
}

TEST(ProcessMetrics, WhatTheKernelDoesNotOfferHasNoSeries) {
  FakeKernel kernel;
  Registry registry(catalogue());
  register_process_metrics(&registry, kernel.files());
  EXPECT_FALSE(exposes(registry, "process_resident_memory_bytes"));
  EXPECT_FALSE(exposes(registry, "dss_cgroup_periods_total"));
  EXPECT_TRUE(exposes(registry, "# TYPE process_resident_memory_bytes gauge"));
}

}  // namespace
}  // namespace dss::metrics
