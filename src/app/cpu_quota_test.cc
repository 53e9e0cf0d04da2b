#include "app/cpu_quota.h"

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"

namespace dss::app {
namespace {

namespace fs = std::filesystem;

class CpuQuota : public testing::Test {
 protected:
  CpuQuota()
      : root_(testing::TempDir() + "dss_cpu_quota_" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(root_);
  }
  ~CpuQuota() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& content) const {
    fs::create_directories(fs::path(root_ + path).parent_path());
    std::ofstream(root_ + path) << content;
  }
  [[nodiscard]] std::optional<double> quota() const {
    return cpu_quota(root_ + "/proc", root_ + "/sys");
  }

  std::string root_;
};

TEST_F(CpuQuota, ReadsVersion2AndTakesTheTightestAncestor) {
  write("/proc", "0::/kubepods/pod1/container\n");
  write("/sys/kubepods/pod1/container/cpu.max", "250000 100000\n");
  write("/sys/kubepods/pod1/cpu.max", "150000 100000\n");
  write("/sys/kubepods/cpu.max", "max 100000\n");
  EXPECT_EQ(quota(), 1.5);
}

TEST_F(CpuQuota, InsideAContainerTheMountIsTheGroup) {
  write("/proc", "0::/\n");
  write("/sys/cpu.max", "50000 100000\n");
  EXPECT_EQ(quota(), 0.5);
}

TEST_F(CpuQuota, APathThatIsNotMountedFallsBackToTheRoot) {
  write("/proc", "0::/../../elsewhere\n");
  write("/sys/cpu.max", "300000 100000\n");
  EXPECT_EQ(quota(), 3.0);
}

TEST_F(CpuQuota, ReadsVersion1) {
  write("/proc", "3:memory:/docker/x\n2:cpu,cpuacct:/docker/x\n1:cpuset:/docker/x\n");
  write("/sys/cpu,cpuacct/docker/x/cpu.cfs_quota_us", "400000\n");
  write("/sys/cpu,cpuacct/docker/x/cpu.cfs_period_us", "100000\n");
  write("/sys/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  write("/sys/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(quota(), 4.0);
}

TEST_F(CpuQuota, NothingWithoutALimitOrAControlGroup) {
  EXPECT_EQ(quota(), std::nullopt);
  write("/proc", "0::/user.slice\n");
  write("/sys/user.slice/cpu.max", "max 100000\n");
  EXPECT_EQ(quota(), std::nullopt);
  write("/sys/user.slice/cpu.max", "garbage");
  EXPECT_EQ(quota(), std::nullopt);
}

TEST(UsableProcessors, IsAtLeastOne) { EXPECT_GE(usable_processors(), 1U); }

}  // namespace
}  // namespace dss::app
