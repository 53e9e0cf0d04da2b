// Where each byte of a rewritten text came from.
#pragma once

#include <cstddef>
#include <vector>

namespace dss::text {

/// Maps byte offsets of a rewritten text back to byte offsets of its original. Kept as stretches,
/// so an untouched text costs one entry. Offsets that grow in the rewritten text never go back in
/// the original.
class OffsetMap {
 public:
  void clear();
  /// The next `length` bytes were copied from `original` on.
  void append_copied(std::size_t length, std::size_t original);
  /// The next `length` bytes stand, together, for the original's bytes [begin, end).
  void append_replaced(std::size_t length, std::size_t begin, std::size_t end);

  /// Bytes mapped so far: the size of the rewritten text.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// First original byte of what byte `offset` stands for. REQUIRES: offset < size().
  [[nodiscard]] std::size_t begin_of(std::size_t offset) const;
  /// One past the last original byte of what byte `offset` stands for. REQUIRES: offset < size().
  [[nodiscard]] std::size_t end_of(std::size_t offset) const;

 private:
  struct Stretch {
    std::size_t at;      // first byte in the rewritten text
    std::size_t begin;   // in the original
    std::size_t length;  // in the original, for a replaced stretch; 0 for a copied one
  };
  [[nodiscard]] const Stretch& stretch_of(std::size_t offset) const;

  std::vector<Stretch> stretches_;
  std::size_t size_ = 0;
};

}  // namespace dss::text
