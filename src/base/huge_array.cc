#include "base/huge_array.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace dss::base::huge_array_internal {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

}  // namespace

void* allocate(std::size_t bytes) {
  // Less than half a huge page would waste more memory than it saves time.
  const bool huge = bytes >= kHugePage / 2;
  const std::size_t unit = huge ? kHugePage : 64;
  const std::size_t size = (bytes + unit - 1) / unit * unit;
  void* memory = std::aligned_alloc(unit, size == 0 ? unit : size);
  if (memory == nullptr) throw std::bad_alloc();
  if (huge) (void)madvise(memory, size, MADV_HUGEPAGE);  // a wish: small pages serve as well
  std::memset(memory, 0, bytes);
  return memory;
}

void Free::operator()(void* memory) const { std::free(memory); }

}  // namespace dss::base::huge_array_internal
