// The kernel's landlock interface up to ABI 6 (include/uapi/linux/landlock.h of Linux 6.12): the
// headers of Debian 12 end at ABI 2, while the kernel that runs may know more.
#pragma once

#include <cstdint>

namespace dss::sandbox::landlock {

constexpr std::uint64_t kExecute = 1ULL << 0;
constexpr std::uint64_t kWriteFile = 1ULL << 1;
constexpr std::uint64_t kReadFile = 1ULL << 2;
constexpr std::uint64_t kReadFolder = 1ULL << 3;
constexpr std::uint64_t kRemoveFile = 1ULL << 5;
constexpr std::uint64_t kMakeFile = 1ULL << 8;
constexpr std::uint64_t kAllOfAbi1 = (1ULL << 13) - 1;
constexpr std::uint64_t kRefer = 1ULL << 13;     // ABI 2: links and renames across folders
constexpr std::uint64_t kTruncate = 1ULL << 14;  // ABI 3
constexpr std::uint64_t kIoctl = 1ULL << 15;     // ABI 5: of devices

constexpr std::uint64_t kBindTcp = 1ULL << 0;     // ABI 4
constexpr std::uint64_t kConnectTcp = 1ULL << 1;  // ABI 4

constexpr std::uint64_t kAbstractSockets = 1ULL << 0;  // ABI 6: of processes outside
constexpr std::uint64_t kSignals = 1ULL << 1;          // ABI 6: to processes outside

constexpr int kPathRule = 1;
constexpr int kPortRule = 2;
constexpr std::uint32_t kAskVersion = 1;

struct Ruleset {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scopes;
};

struct __attribute__((packed)) PathRule {
  std::uint64_t allowed;
  std::int32_t parent;
};

struct PortRule {
  std::uint64_t allowed;
  std::uint64_t port;
};

}  // namespace dss::sandbox::landlock
