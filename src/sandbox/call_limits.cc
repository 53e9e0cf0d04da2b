#include "sandbox/call_limits.h"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sandbox/call_program.h"

namespace dss::sandbox {
namespace {

using base::ErrorKind;
using enum Condition::Kind;

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

/// Of the kernel whose calls plain_calls() was written from (Linux 6.1).
constexpr int kNewestCall = SYS_set_mempolicy_home_node;

constexpr std::uint32_t kNameMemory = 0x53564d41;  // PR_SET_VMA, by which malloc names its arenas

void allow_threads(CallProgram* program) {
  // Its flags lie in memory, where no filter can read them; the C library then uses clone.
  program->refuse(SYS_clone3, ENOSYS);
  program->allow_if(SYS_clone, {{kHasBits, 0, {CLONE_THREAD | CLONE_VM}}});
  program->allow_if(SYS_tgkill, {{kOneOf, 0, {static_cast<std::uint32_t>(::getpid())}}});
  program->allow_if(SYS_prctl,
                    {{kOneOf, 0, {PR_SET_NAME, PR_GET_NAME, PR_SET_TIMERSLACK, kNameMemory}}});
  program->allow_if(SYS_ioctl, {{kOneOf, 1, {FIONBIO, FIONREAD, FIOCLEX, TCGETS}}});
}

void allow_memory(CallProgram* program, const Outgoing& outgoing) {
  for (const int call : {SYS_mmap, SYS_mprotect}) {
    if (outgoing.loads_names) {
      program->allow(std::span(&call, 1));
    } else {
      program->allow_if(call, {{kHasNoneOf, 2, {PROT_EXEC}}});
    }
  }
}

void allow_network(CallProgram* program, const Outgoing& outgoing) {
  // With this flag sending connects, which landlock does not look at.
  const std::vector<std::uint32_t> connecting{MSG_FASTOPEN};
  if (!outgoing.any) {
    constexpr int kSending[] = {SYS_sendmsg, SYS_sendto, SYS_sendmmsg};
    program->allow(kSending);
    return;
  }
  program->allow_if(SYS_sendmsg, {{kHasNoneOf, 2, connecting}});
  program->allow_if(SYS_sendto, {{kHasNoneOf, 3, connecting}});
  program->allow_if(SYS_sendmmsg, {{kHasNoneOf, 3, connecting}});
  // Multipath TCP has a protocol number of its own, and landlock's ports do not hold for it.
  program->allow_if(SYS_socket, {{kOneOf, 0, {AF_UNIX, AF_INET, AF_INET6}},
                                 {kOneOf, 2, {0, IPPROTO_TCP, IPPROTO_UDP}}});
  constexpr int kConnecting[] = {SYS_connect, SYS_recvmmsg, SYS_socketpair};
  program->allow(kConnecting);
}

std::vector<sock_filter> program_for(const Outgoing& outgoing) {
  CallProgram program(kArchitecture);
  program.allow(plain_calls());
  allow_network(&program, outgoing);
  allow_memory(&program, outgoing);
  allow_threads(&program);
  return program.finished(kNewestCall);
}

base::Status install(std::vector<sock_filter> steps) {
  const sock_fprog program{.len = static_cast<unsigned short>(steps.size()),
                           .filter = steps.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return base::fail(ErrorKind::kIo, std::string("no_new_privs: ") + std::strerror(errno));
  }
  // Kernels before 5.16 else slow a filtered process down to keep it from reading other programs'
  // memory by speculation; it runs nobody's code but its own.
  constexpr unsigned long kFlags = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  const long failed = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, kFlags, &program);
  if (failed == 0) return {};
  if (failed > 0) {
    return base::fail(ErrorKind::kIo, "seccomp: another thread has a filter of its own");
  }
  const bool absent = errno == ENOSYS || errno == EINVAL || errno == EPERM;
  return base::fail(absent ? ErrorKind::kUnavailable : ErrorKind::kIo,
                    std::string("seccomp: ") + std::strerror(errno));
}

}  // namespace

bool can_limit_calls() { return kArchitecture != 0 && !kSanitized; }

base::Status limit_calls(const Outgoing& outgoing) {
  if (!can_limit_calls()) {
    return base::fail(ErrorKind::kUnavailable,
                      kSanitized ? "seccomp is left out of builds with sanitizers"
                                 : "seccomp: no list of calls for this processor");
  }
  return install(program_for(outgoing));
}

}  // namespace dss::sandbox
