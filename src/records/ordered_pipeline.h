// Many threads work on the pieces of one stream; the results come out in its order, within bounded
// memory.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "records/chunk_reader.h"

namespace dss::records {

struct PipelineSteps {
  /// The next piece, or nothing at the end. Called by one thread at a time, in order.
  std::function<base::Result<std::optional<Chunk>>()> read;
  /// Makes a result of a piece. Called by all threads at once; `worker` counts from 0.
  std::function<std::string(std::size_t worker, const Chunk&)> transform;
  /// Takes the results in the order of the pieces. Called by one thread at a time.
  std::function<base::Status(const std::string&)> write;
};

/// Runs `workers` threads until the stream ends or a step fails; the first failure is returned. At
/// most 4 × workers pieces or results are held at any time: a slow writer slows the readers down.
[[nodiscard]] base::Status run_ordered(std::size_t workers, const PipelineSteps& steps);

}  // namespace dss::records
