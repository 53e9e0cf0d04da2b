// SHA-256 (FIPS 180-4) of memory and of files, as lower-case hex.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dss::crypto {

/// 64 lower-case hex digits. Thread-safe.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The digest of a whole file, read in pieces of 256 KB. Errors: kIo, naming the file and the
/// cause.
[[nodiscard]] base::Result<std::string> sha256_file_hex(const std::string& path);

/// A digest fed piece by piece. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  /// 64 lower-case hex digits; afterwards the object stands for the empty input again.
  [[nodiscard]] std::string finish_hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dss::crypto
