// Bytes of a file or of standard input, unpacked if they are gzip.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dss::records {

/// Not thread-safe, but position() may be asked from any thread.
class ByteSource {
 public:
  /// A path, or `-` for standard input. gzip (also several members one after another) is recognised
  /// by its first two bytes. Errors: kIo, kNotFound (no such file), naming the path and the cause.
  static base::Result<std::unique_ptr<ByteSource>> open(const std::string& path);
  /// A text at hand, as it is.
  static std::unique_ptr<ByteSource> of_text(std::string_view text);
  ~ByteSource();

  /// Appends up to about 256 KB, fewer when a pipe has no more at hand; false at the end. Errors:
  /// kIo; kCorrupt for gzip that is damaged or cut short.
  base::Result<bool> read_more(std::string* out);

  /// Bytes of the file (packed, if it is gzip) read so far.
  [[nodiscard]] std::uint64_t position() const;
  /// Bytes of the whole file; nothing for a pipe.
  [[nodiscard]] std::optional<std::uint64_t> size() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace dss::records
