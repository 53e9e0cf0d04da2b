// Bearer tokens from a file, for the operator's routes.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::auth {

/// A file with one token a line. White space around a token and empty lines are ignored, lines that
/// begin with `#` too. Several tokens allow a change without a gap. Thread-safe.
class TokenFile {
 public:
  /// Shortest token taken, in bytes: 16 random hexadecimal digits are 64 bits.
  static constexpr std::size_t kMinLength = 16;

  /// Reads the file. Errors name file and cause: kIo (missing, unreadable, a directory),
  /// kInvalidArgument (no token, a token shorter than kMinLength, or with characters that RFC 6750
  /// does not allow). Tokens never stand in errors.
  static base::Result<std::unique_ptr<TokenFile>> open(const std::string& path);

  /// One token that came another way (an environment variable); reload() then changes nothing.
  /// Errors: kInvalidArgument, as for a file.
  static base::Result<std::unique_ptr<TokenFile>> of(std::string_view token);

  /// Reads the file again; on failure the tokens stay as they are.
  base::Status reload();

  /// Whether `token` is one of the file's. Takes a time that depends on lengths only.
  [[nodiscard]] bool accepts(std::string_view token) const;

  /// Whether other users of the machine could read the file when it was last read: worth a warning.
  [[nodiscard]] bool readable_by_others() const;

 private:
  struct Content {
    std::vector<std::string> tokens;
    bool readable_by_others = false;
  };
  explicit TokenFile(std::string path) : path_(std::move(path)) {}
  static base::Result<Content> read(const std::string& path);
  [[nodiscard]] std::shared_ptr<const Content> content() const;

  const std::string path_;
  mutable std::mutex mutex_;  ///< guards content_
  std::shared_ptr<const Content> content_;
};

/// The token of an `Authorization: Bearer …` header, or an empty view for anything else.
[[nodiscard]] std::string_view bearer_token(std::string_view authorization);

}  // namespace dss::auth
