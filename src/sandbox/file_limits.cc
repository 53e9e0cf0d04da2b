#include "sandbox/file_limits.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sandbox/landlock_interface.h"

namespace dss::sandbox {
namespace {

using base::ErrorKind;

constexpr int kAbiOfTruncate = 3;
constexpr int kAbiOfPorts = 4;
constexpr int kAbiOfIoctl = 5;
constexpr int kAbiOfScopes = 6;
constexpr std::uint64_t kForFilesOnly =
    landlock::kReadFile | landlock::kWriteFile | landlock::kTruncate;

int kernel_abi() {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, landlock::kAskVersion);
  return abi > 0 ? static_cast<int>(abi) : 0;
}

tl::unexpected<base::Error> failure(const char* what) {
  return base::fail(ErrorKind::kIo, std::string("landlock: ") + what + ": " + std::strerror(errno));
}

std::uint64_t files_of(int abi) {
  std::uint64_t rights = landlock::kAllOfAbi1;
  if (abi >= 2) rights |= landlock::kRefer;
  if (abi >= kAbiOfTruncate) rights |= landlock::kTruncate;
  if (abi >= kAbiOfIoctl) rights |= landlock::kIoctl;
  return rights;
}

bool any_free_port(const Needs& needs) {
  return std::find(needs.listen.begin(), needs.listen.end(), 0) != needs.listen.end();
}

std::uint64_t ports_of(const Needs& needs) {
  return (any_free_port(needs) ? 0 : landlock::kBindTcp) |
         (needs.outgoing.every_port ? 0 : landlock::kConnectTcp);
}

/// Rules under way; none holds before restrict().
class Ruleset {
 public:
  Ruleset(const FileLimits& limits, int abi, const Needs& needs) : files_(files_of(abi)) {
    landlock::Ruleset handled{.files = files_, .network = 0, .scopes = 0};
    if (limits.ports) handled.network = ports_of(needs);
    if (limits.signals) handled.scopes = landlock::kAbstractSockets | landlock::kSignals;
    // Older kernels refuse a structure that is longer than theirs, even if the rest is zero.
    const std::size_t size = limits.signals ? sizeof handled
                             : limits.ports ? offsetof(landlock::Ruleset, scopes)
                                            : offsetof(landlock::Ruleset, network);
    number_ = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, size, 0));
  }
  ~Ruleset() {
    if (number_ >= 0) ::close(number_);
  }
  Ruleset(const Ruleset&) = delete;
  Ruleset& operator=(const Ruleset&) = delete;

  [[nodiscard]] bool valid() const { return number_ >= 0; }

  bool allow(const std::string& path, std::uint64_t rights) {
    const int file = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (file < 0) return true;
    struct stat status{};
    const bool folder = ::fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
    const landlock::PathRule rule{.allowed = rights & files_ & (folder ? ~0ULL : kForFilesOnly),
                                  .parent = file};
    const bool added = add(landlock::kPathRule, &rule);
    ::close(file);
    return added;
  }

  bool allow_port(std::uint64_t right, std::uint16_t port) {
    const landlock::PortRule rule{.allowed = right, .port = port};
    return add(landlock::kPortRule, &rule);
  }

  [[nodiscard]] bool restrict() const {
    return ::syscall(SYS_landlock_restrict_self, number_, 0) == 0;
  }

 private:
  bool add(int kind, const void* rule) const {
    return ::syscall(SYS_landlock_add_rule, number_, kind, rule, 0) == 0;
  }

  const std::uint64_t files_;
  int number_ = -1;
};

bool add_paths(const Needs& needs, Ruleset* rules) {
  constexpr std::uint64_t kRead = landlock::kReadFile | landlock::kReadFolder;
  constexpr std::uint64_t kWrite = kRead | landlock::kWriteFile | landlock::kTruncate |
                                   landlock::kMakeFile | landlock::kRemoveFile;
  const auto allow = [rules](std::uint64_t rights) {
    return [rules, rights](const std::string& path) { return rules->allow(path, rights); };
  };
  return std::all_of(needs.read.begin(), needs.read.end(), allow(kRead)) &&
         std::all_of(needs.write.begin(), needs.write.end(), allow(kWrite));
}

bool add_ports(const Needs& needs, Ruleset* rules) {
  const auto allow = [rules](std::uint64_t right) {
    return [rules, right](std::uint16_t port) { return rules->allow_port(right, port); };
  };
  const auto& connect = needs.outgoing.ports;
  return (any_free_port(needs) ||
          std::all_of(needs.listen.begin(), needs.listen.end(), allow(landlock::kBindTcp))) &&
         (needs.outgoing.every_port ||
          std::all_of(connect.begin(), connect.end(), allow(landlock::kConnectTcp)));
}

/// The kernel forgets an inode of /proc when nobody looks at it, and the rule with it: this
/// descriptor is kept open for the life of the process.
void keep_proc_self() {
  [[maybe_unused]] static const int kept = ::open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace

FileLimits file_limits_of_kernel() {
  const int abi = kernel_abi();
  return {.files = abi >= 1, .ports = abi >= kAbiOfPorts, .signals = abi >= kAbiOfScopes};
}

base::Result<FileLimits> limit_files(const Needs& needs) {
  const FileLimits limits = file_limits_of_kernel();
  if (!limits.files) {
    return base::fail(ErrorKind::kUnavailable,
                      "landlock is not to be had: the kernel is older than Linux 5.13, or it is "
                      "switched off (CONFIG_SECURITY_LANDLOCK, lsm=), or a container forbids it");
  }
  keep_proc_self();
  Ruleset rules(limits, kernel_abi(), needs);
  if (!rules.valid()) return failure("no rules");
  if (!add_paths(needs, &rules)) return failure("a rule for a path");
  if (limits.ports && !add_ports(needs, &rules)) return failure("a rule for a port");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failure("no_new_privs");
  if (!rules.restrict()) return failure("restrict");
  return limits;
}

}  // namespace dss::sandbox
