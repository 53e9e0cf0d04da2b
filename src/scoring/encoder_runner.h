// Runs an encoder's tasks on the calling thread.
#pragma once

#include <memory>
#include <span>

#include "scoring/encoder_task.h"

namespace dss::scoring {

/// Until every outcome is complete. Sequences of all tasks are packed together, those of like
/// length side by side. Each thread keeps the memory for it, a few megabytes, until it ends or runs
/// another encoder. REQUIRES: tasks of one encoder.
void run_here(std::span<const std::shared_ptr<EncoderTask>> tasks);

}  // namespace dss::scoring
