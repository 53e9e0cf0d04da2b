// Result<T> and Error: how every fallible function of the project reports failure.
#pragma once

#include <string>
#include <utility>

#include "tl/expected.hpp"

namespace dss::base {

/// What went wrong, in the terms of whoever called. Each protocol maps a kind to its own status in
/// one table.
enum class ErrorKind {
  kInvalidArgument,      ///< the caller's input breaks a documented rule
  kUnsupportedLanguage,  ///< the text is in a language the operator refuses
  kUnknownModel,         ///< no model has that name
  kModelMissing,         ///< the model is known, but this program has not loaded it
  kUnavailable,          ///< no room or no time right now; trying again in a moment may help
  kTooLarge,             ///< over a documented limit
  kNotFound,
  kUnauthorized,  ///< no credential, or an unknown one
  kForbidden,     ///< a known credential without the right
  kCorrupt,       ///< a file's content contradicts itself or its checksum
  kIo,            ///< the operating system refused
  kInternal,      ///< a defect of this program
};

/// A failure with one line for a person: cause first, then the cure if there is one. Never holds a
/// scored text.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

/// `return fail(ErrorKind::kCorrupt, path + ": cut short");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

/// Passes another result's failure on: `if (!r) return fail(r.error());`
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace dss::base
