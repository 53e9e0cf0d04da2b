#include "sandbox/call_program.h"

#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <rapidcheck/gtest.h>

#include <cerrno>
#include <cstring>

namespace dss::sandbox {
namespace {

using enum Condition::Kind;

/// The steps that CallProgram uses, as the kernel runs them (networking/filter in its documents).
std::uint32_t run(const std::vector<sock_filter>& program, const seccomp_data& call) {
  std::uint32_t accumulator = 0;
  for (std::size_t at = 0; at < program.size(); ++at) {
    const sock_filter& step = program[at];
    switch (step.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        std::memcpy(&accumulator, reinterpret_cast<const char*>(&call) + step.k,
                    sizeof accumulator);
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
        at += accumulator == step.k ? step.jt : step.jf;
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
        at += accumulator > step.k ? step.jt : step.jf;
        break;
      case BPF_ALU | BPF_AND | BPF_K:
        accumulator &= step.k;
        break;
      case BPF_RET | BPF_K:
        return step.k;
      default:
        ADD_FAILURE() << "unknown step " << step.code;
        return 0;
    }
  }
  ADD_FAILURE() << "the program does not end";
  return 0;
}

constexpr std::uint32_t kRefused = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kUnknown = SECCOMP_RET_ERRNO | ENOSYS;
constexpr int kNewest = 60;

seccomp_data call(int number, std::uint64_t first = 0, std::uint64_t second = 0) {
  return {.nr = number,
          .arch = AUDIT_ARCH_X86_64,
          .instruction_pointer = 0,
          .args = {first, second, 0, 0, 0, 0}};
}

std::vector<sock_filter> example() {
  CallProgram program(AUDIT_ARCH_X86_64);
  constexpr int kPlain[] = {10, 20, 30};
  program.allow(kPlain);
  program.allow_if(40, {{kOneOf, 0, {1, 2, 3}}, {kHasNoneOf, 1, {0x10}}});
  program.allow_if(41, {{kHasBits, 0, {0x30}}});
  program.refuse(50, ENOSYS);
  return program.finished(kNewest);
}

std::uint32_t expected(const seccomp_data& call) {
  const int number = call.nr;
  if (number == 10 || number == 20 || number == 30) return SECCOMP_RET_ALLOW;
  const auto first = static_cast<std::uint32_t>(call.args[0]);
  if (number == 40) {
    const bool holds = first >= 1 && first <= 3 && (call.args[1] & 0x10) == 0;
    return holds ? SECCOMP_RET_ALLOW : kRefused;
  }
  if (number == 41) return (first & 0x30) == 0x30 ? SECCOMP_RET_ALLOW : kRefused;
  return number == 50 || number > kNewest || number < 0 ? kUnknown : kRefused;
}

TEST(CallProgram, DecidesByTheFirstRule) {
  EXPECT_EQ(run(example(), call(20)), SECCOMP_RET_ALLOW);
  EXPECT_EQ(run(example(), call(21)), kRefused);
  EXPECT_EQ(run(example(), call(61)), kUnknown);
  EXPECT_EQ(run(example(), call(40, 2)), SECCOMP_RET_ALLOW);
  EXPECT_EQ(run(example(), call(40, 2, 0x10)), kRefused);
}

// The x32 interface has a bit of its own in the number.
TEST(CallProgram, CallsOfX32AreUnknown) {
  EXPECT_EQ(run(example(), call(0x40000000 | 20)), kUnknown);
}

TEST(CallProgram, AnotherArchitectureEndsTheProcess) {
  seccomp_data foreign = call(20);
  foreign.arch = AUDIT_ARCH_I386;
  EXPECT_EQ(run(example(), foreign), SECCOMP_RET_KILL_PROCESS);
}

RC_GTEST_PROP(CallProgram, DecidesAsItsRulesSay, ()) {
  const int number = *rc::gen::oneOf(rc::gen::inRange(0, 70), rc::gen::arbitrary<int>());
  const auto first =
      *rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(0, 70), rc::gen::arbitrary<std::uint64_t>());
  const auto second = *rc::gen::inRange<std::uint64_t>(0, 70);
  const seccomp_data asked = call(number, first, second);
  RC_ASSERT(run(example(), asked) == expected(asked));
}

}  // namespace
}  // namespace dss::sandbox
