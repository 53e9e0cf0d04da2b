// Memory for tables that are read at random places.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace dss::base {

namespace huge_array_internal {
struct Free {
  void operator()(void* memory) const;
};
/// Zeroed; in huge pages where the system gives them. Throws std::bad_alloc.
void* allocate(std::size_t bytes);
}  // namespace huge_array_internal

/// A fixed number of zeroed values, in huge pages if the system has them: a table of megabytes in
/// small pages needs more address translations than a processor keeps. Owns its memory.
template <typename T>
class HugeArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  HugeArray() = default;
  explicit HugeArray(std::size_t size)
      : memory_(static_cast<T*>(huge_array_internal::allocate(size * sizeof(T)))), size_(size) {}

  [[nodiscard]] T* data() { return memory_.get(); }
  [[nodiscard]] const T* data() const { return memory_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] T& operator[](std::size_t i) { return memory_.get()[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return memory_.get()[i]; }
  [[nodiscard]] std::span<const T> view() const { return {memory_.get(), size_}; }

 private:
  std::unique_ptr<T, huge_array_internal::Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace dss::base
