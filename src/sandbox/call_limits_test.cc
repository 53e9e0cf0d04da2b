#include "sandbox/call_limits.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <atomic>
#include <set>
#include <thread>

#include "sandbox/test_child.h"

namespace dss::sandbox {
namespace {

constexpr std::size_t kPage = 4096;

class CallLimitsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!can_limit_calls()) GTEST_SKIP() << "calls are not limited in this build";
  }

  template <typename Attempt>
  static int limited(const Outgoing& outgoing, Attempt attempt) {
    return in_child([&] { return limit_calls(outgoing).has_value(); }, attempt);
  }
};

int map(int protection) {
  return ::mmap(nullptr, kPage, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
             ? errno
             : 0;
}

int start_thread() {
  std::thread([] {}).join();
  return 0;
}

int connect_somewhere(int kind, int protocol) {
  return error_of(::socket(AF_INET, kind, protocol));
}

TEST_F(CallLimitsTest, ProgramsAreNotExecuted) {
  EXPECT_EQ(limited({}, [] { return error_of(::execl("/bin/true", "true", nullptr)); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::fork()); }), EPERM);
}

TEST_F(CallLimitsTest, NoSocketIsMadeWithoutADestination) {
  EXPECT_EQ(limited({}, [] { return connect_somewhere(SOCK_STREAM, 0); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::connect(0, nullptr, 0)); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::bind(0, nullptr, 0)); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::listen(0, 1)); }), EPERM);
}

TEST_F(CallLimitsTest, WithADestinationOnlyKindsThatLandlockKnows) {
  const Outgoing outgoing{.any = true};
  EXPECT_EQ(limited(outgoing, [] { return connect_somewhere(SOCK_STREAM, IPPROTO_TCP); }), 0);
  EXPECT_EQ(limited(outgoing, [] { return connect_somewhere(SOCK_STREAM, IPPROTO_MPTCP); }), EPERM);
  EXPECT_EQ(limited(outgoing, [] { return error_of(::socket(AF_NETLINK, SOCK_RAW, 0)); }), EPERM);
  EXPECT_EQ(limited(outgoing, [] { return error_of(::socket(AF_PACKET, SOCK_RAW, 0)); }), EPERM);
  EXPECT_EQ(limited(outgoing, [] { return error_of(::bind(0, nullptr, 0)); }), EPERM);
  EXPECT_EQ(
      limited(outgoing, [] { return error_of(::sendto(0, "", 0, MSG_FASTOPEN, nullptr, 0)); }),
      EPERM);
}

TEST_F(CallLimitsTest, MemoryDoesNotBecomeCode) {
  EXPECT_EQ(limited({}, [] { return map(PROT_READ | PROT_WRITE); }), 0);
  EXPECT_EQ(limited({}, [] { return map(PROT_READ | PROT_EXEC); }), EPERM);
  EXPECT_EQ(limited({}, [] { return map(PROT_READ | PROT_WRITE | PROT_EXEC); }), EPERM);
  const Outgoing loading{.any = true, .loads_names = true};
  EXPECT_EQ(limited(loading, [] { return map(PROT_READ | PROT_EXEC); }), 0);
}

TEST_F(CallLimitsTest, ThreadsStartStill) { EXPECT_EQ(limited({}, start_thread), 0); }

TEST_F(CallLimitsTest, ThreadsThatRunAlreadyAreLimitedToo) {
  EXPECT_EQ(in_child([] { return true; },
                     [] {
                       std::atomic<bool> limited = false;
                       int error = 0;
                       std::thread earlier([&] {
                         limited.wait(false);
                         error = connect_somewhere(SOCK_STREAM, 0);
                       });
                       const bool held = limit_calls({}).has_value();
                       limited = true;
                       limited.notify_all();
                       earlier.join();
                       return held ? error : 255;
                     }),
            EPERM);
}

TEST_F(CallLimitsTest, SignalsReachNobodyElse) {
  EXPECT_EQ(limited({}, [] { return error_of(::kill(::getppid(), 0)); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::syscall(SYS_tgkill, ::getppid(), 1, 0)); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::syscall(SYS_tgkill, ::getpid(), ::gettid(), 0)); }),
            0);
}

TEST_F(CallLimitsTest, DangerousCallsAreRefused) {
  for (const int call : {SYS_ptrace,
                         SYS_process_vm_readv,
                         SYS_process_vm_writev,
                         SYS_bpf,
                         SYS_userfaultfd,
                         SYS_io_uring_setup,
                         SYS_perf_event_open,
                         SYS_keyctl,
                         SYS_unshare,
                         SYS_setns,
                         SYS_mount,
                         SYS_init_module,
                         SYS_kexec_load,
                         SYS_memfd_create,
                         SYS_execveat,
                         SYS_setuid,
                         SYS_chroot,
                         SYS_reboot,
                         SYS_personality,
                         SYS_pidfd_open,
                         SYS_symlinkat,
                         SYS_linkat,
                         SYS_mknodat}) {
    EXPECT_EQ(limited({}, [call] { return error_of(::syscall(call, 0, 0, 0, 0, 0, 0)); }), EPERM)
        << call;
  }
}

TEST_F(CallLimitsTest, CallsOfTheFutureAreUnknown) {
  EXPECT_EQ(limited({}, [] { return error_of(::syscall(2000)); }), ENOSYS);
}

TEST_F(CallLimitsTest, TerminalsCannotBeTypedInto) {
  EXPECT_EQ(limited({}, [] { return error_of(::ioctl(0, TIOCSTI, "x")); }), EPERM);
  EXPECT_EQ(limited({}, [] { return error_of(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }), EPERM);
}

TEST(PlainCalls, EachStandsThereOnce) {
  const auto calls = plain_calls();
  EXPECT_EQ(std::set<int>(calls.begin(), calls.end()).size(), calls.size());
}

}  // namespace
}  // namespace dss::sandbox
