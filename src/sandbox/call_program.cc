#include "sandbox/call_program.h"

#include <linux/seccomp.h>

#include <cerrno>
#include <cstddef>

namespace dss::sandbox {
namespace {

constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t kIfEqual = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t kIfGreater = BPF_JMP | BPF_JGT | BPF_K;
constexpr std::uint16_t kAnd = BPF_ALU | BPF_AND | BPF_K;
constexpr std::uint16_t kReturn = BPF_RET | BPF_K;

constexpr std::uint32_t refusal(int error) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error);
}

sock_filter step(std::uint16_t code, std::uint32_t value, std::size_t if_true = 0,
                 std::size_t if_false = 0) {
  return {.code = code,
          .jt = static_cast<std::uint8_t>(if_true),
          .jf = static_cast<std::uint8_t>(if_false),
          .k = value};
}

std::uint32_t place_of(unsigned argument) {
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args) +
                                    argument * sizeof(std::uint64_t));
}

/// Goes on behind the last step if the condition holds; else returns EPERM.
std::vector<sock_filter> steps_of(const Condition& condition) {
  std::vector<sock_filter> out{step(kLoad, place_of(condition.argument))};
  if (condition.kind != Condition::Kind::kOneOf) {
    const std::uint32_t mask = condition.values.front();
    const bool all = condition.kind == Condition::Kind::kHasBits;
    out.push_back(step(kAnd, mask));
    out.push_back(step(kIfEqual, all ? mask : 0, 1, 0));
  } else {
    const std::size_t count = condition.values.size();
    for (std::size_t i = 0; i < count; ++i) {
      out.push_back(step(kIfEqual, condition.values[i], count - i, 0));
    }
  }
  out.push_back(step(kReturn, refusal(EPERM)));
  return out;
}

}  // namespace

void CallProgram::add(std::uint16_t code, std::uint32_t value, std::size_t if_true,
                      std::size_t if_false) {
  program_.push_back(step(code, value, if_true, if_false));
}

CallProgram::CallProgram(std::uint32_t audit_architecture) {
  add(kLoad, offsetof(seccomp_data, arch));
  add(kIfEqual, audit_architecture, 1, 0);
  add(kReturn, SECCOMP_RET_KILL_PROCESS);
  add(kLoad, offsetof(seccomp_data, nr));
}

void CallProgram::allow(std::span<const int> calls) {
  for (const int call : calls) {
    add(kIfEqual, static_cast<std::uint32_t>(call), 0, 1);
    add(kReturn, SECCOMP_RET_ALLOW);
  }
}

void CallProgram::allow_if(int call, const std::vector<Condition>& conditions) {
  std::vector<sock_filter> steps;
  for (const Condition& condition : conditions) {
    const auto more = steps_of(condition);
    steps.insert(steps.end(), more.begin(), more.end());
  }
  steps.push_back(step(kReturn, SECCOMP_RET_ALLOW));
  add(kIfEqual, static_cast<std::uint32_t>(call), 0, steps.size());
  program_.insert(program_.end(), steps.begin(), steps.end());
}

void CallProgram::refuse(int call, int error) {
  add(kIfEqual, static_cast<std::uint32_t>(call), 0, 1);
  add(kReturn, refusal(error));
}

std::vector<sock_filter> CallProgram::finished(int newest) const {
  std::vector<sock_filter> out = program_;
  out.push_back(step(kIfGreater, static_cast<std::uint32_t>(newest), 0, 1));
  out.push_back(step(kReturn, refusal(ENOSYS)));
  out.push_back(step(kReturn, refusal(EPERM)));
  return out;
}

}  // namespace dss::sandbox
