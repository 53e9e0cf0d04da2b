// A file mapped into memory, read-only.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace dss::weights {

/// Owns the mapping. Reading is thread-safe. A file cut short by another program after opening
/// makes reads fail hard (SIGBUS), as with every mapping: replace weight files by renaming, never
/// in place.
class MappedFile {
 public:
  /// Errors: kIo, naming the file and the cause. An empty file has an empty span.
  static base::Result<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Gives the pages read so far back to the system; they are read again when touched.
  void drop_pages() const;

 private:
  MappedFile(std::string path, std::span<const std::byte> bytes);
  std::string path_;
  std::span<const std::byte> bytes_;
};

}  // namespace dss::weights
