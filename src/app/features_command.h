// `dss features`: the features of texts as the model sees them, for training.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "app/command.h"

namespace dss::app {

struct FeaturesOptions {
  std::string output;       ///< a safetensors file
  unsigned bits = 18;       ///< 2^bits buckets, 10 to 22
  bool normalized = false;  ///< print the normalised texts instead
};

/// Reads texts that each end with a NUL byte. Writes `indptr` I64 [rows+1], `indices` I32 [nnz]
/// (buckets, sorted within a row) and `counts` I32 [nnz], with the metadata `bucket_bits` and
/// `recipe`; or, if `normalized`, the normalised texts to `printed`, each with a NUL byte behind
/// it. Ill-formed UTF-8 is replaced by U+FFFD. Errors: kIo; kInvalidArgument for `bits` out of
/// range or no output.
[[nodiscard]] base::Status write_features(const FeaturesOptions& options, std::istream& texts,
                                          std::ostream& printed);

[[nodiscard]] std::unique_ptr<Command> make_features_command();

}  // namespace dss::app
