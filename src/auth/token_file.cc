#include "auth/token_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "crypto/constant_time.h"

namespace dss::auth {
namespace {

// No sensible token file is bigger; a wrong path may be.
constexpr off_t kMaxBytes = off_t{64} << 10;

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t begin = line.find_first_not_of(kSpace);
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(kSpace) + 1 - begin);
}

// b64token of RFC 6750, 2.1.
bool is_token(std::string_view token) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
  return token.find_first_not_of(kAllowed) == token.npos;
}

// Why the token cannot be used; empty if it can.
std::string fault_of(std::string_view token) {
  if (!is_token(token)) return "a token has characters other than A-Z a-z 0-9 - . _ ~ + / =";
  if (token.size() >= TokenFile::kMinLength) return {};
  return "a token is shorter than " + std::to_string(TokenFile::kMinLength) + " characters";
}

bool is_letter(char c, char lower) { return c == lower || c == lower - 'a' + 'A'; }

}  // namespace

base::Result<std::unique_ptr<TokenFile>> TokenFile::open(const std::string& path) {
  std::unique_ptr<TokenFile> file(new TokenFile(path));
  if (auto status = file->reload(); !status) return base::fail(status.error());
  return file;
}

base::Result<std::unique_ptr<TokenFile>> TokenFile::of(std::string_view token) {
  if (const std::string fault = fault_of(token); !fault.empty()) {
    return base::fail(base::ErrorKind::kInvalidArgument, fault);
  }
  std::unique_ptr<TokenFile> file(new TokenFile({}));
  file->content_ = std::make_shared<const Content>(
      Content{.tokens = {std::string(token)}, .readable_by_others = false});
  return file;
}

base::Status TokenFile::reload() {
  if (path_.empty()) return {};
  auto fresh = read(path_);
  if (!fresh) return base::fail(fresh.error());
  const std::lock_guard lock(mutex_);
  content_ = std::make_shared<const Content>(std::move(*fresh));
  return {};
}

base::Result<TokenFile::Content> TokenFile::read(const std::string& path) {
  const auto invalid = [&path](std::string_view cause) {
    return base::fail(base::ErrorKind::kInvalidArgument, path + ": " + std::string(cause));
  };
  struct stat info{};
  if (stat(path.c_str(), &info) != 0) {
    return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));
  }
  if (S_ISDIR(info.st_mode)) return base::fail(base::ErrorKind::kIo, path + ": is a directory");
  if (!S_ISREG(info.st_mode)) return base::fail(base::ErrorKind::kIo, path + ": is not a file");
  if (info.st_size > kMaxBytes) return invalid("too large for a token file");
  std::ifstream stream(path);
  if (!stream) return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));

  Content content{.tokens = {}, .readable_by_others = (info.st_mode & S_IROTH) != 0};
  for (std::string line; std::getline(stream, line);) {
    const std::string_view token = trimmed(line);
    if (token.empty() || token.front() == '#') continue;
    if (const std::string fault = fault_of(token); !fault.empty()) return invalid(fault);
    content.tokens.emplace_back(token);
  }
  if (content.tokens.empty()) return invalid("holds no token");
  return content;
}

std::shared_ptr<const TokenFile::Content> TokenFile::content() const {
  const std::lock_guard lock(mutex_);
  return content_;
}

bool TokenFile::accepts(std::string_view token) const {
  bool found = false;
  // No early end: which of the tokens matched must not show in the time.
  const std::shared_ptr<const Content> held = content();  // outlives a reload meanwhile
  for (const std::string& known : held->tokens) {
    found |= crypto::equal_constant_time(known, token);
  }
  return found;
}

bool TokenFile::readable_by_others() const { return content()->readable_by_others; }

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size() ||
      !std::equal(kScheme.begin(), kScheme.end(), authorization.begin(), [](char want, char have) {
        return want == ' ' ? have == ' ' : is_letter(have, want);
      })) {
    return {};
  }
  return trimmed(authorization.substr(kScheme.size()));
}

}  // namespace dss::auth
