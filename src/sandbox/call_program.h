// A classic BPF program that allows some system calls and refuses all others.
#pragma once

#include <linux/filter.h>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace dss::sandbox {

/// About the lower 32 bits of an argument; what the kernel reads of the arguments asked here.
struct Condition {
  enum class Kind : std::uint8_t { kOneOf, kHasBits, kHasNoneOf } kind;
  unsigned argument = 0;
  std::vector<std::uint32_t> values;  ///< one mask for the latter two
};

/// Numbers of one architecture; calls of another one (32-bit calls of a 64-bit process) end the
/// process. Of several rules for a call the first counts.
class CallProgram {
 public:
  explicit CallProgram(std::uint32_t audit_architecture);

  void allow(std::span<const int> calls);
  /// Allows the call if all conditions hold, else it fails with EPERM.
  void allow_if(int call, const std::vector<Condition>& conditions);
  void refuse(int call, int error);

  /// What no rule names fails with EPERM, and with ENOSYS above `newest`: the C library then falls
  /// back on what it did before the kernel had that call.
  [[nodiscard]] std::vector<sock_filter> finished(int newest) const;

 private:
  void add(std::uint16_t code, std::uint32_t value, std::size_t if_true = 0,
           std::size_t if_false = 0);
  std::vector<sock_filter> program_;
};

}  // namespace dss::sandbox
