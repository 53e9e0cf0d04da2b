// A whole file in memory.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace dss::weights {

/// Owns a copy, on pages of its own, which go back to the system with it. A mapping of the file
/// would save the copy; but whoever cuts the file short or writes over it while the server runs
/// would end the server (SIGBUS) or change its answers.
class FileBytes {
 public:
  /// Errors: kIo, naming the file and the cause; also when the file shrinks while it is read. An
  /// empty file has an empty span.
  static base::Result<FileBytes> open(const std::string& path);
  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&& other) noexcept;
  ~FileBytes();

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  FileBytes(std::string path, std::span<const std::byte> bytes);
  std::string path_;
  std::span<const std::byte> bytes_;
};

}  // namespace dss::weights
