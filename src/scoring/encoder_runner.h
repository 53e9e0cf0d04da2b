// Runs an encoder's task on the calling thread.
#pragma once

#include "scoring/encoder_task.h"

namespace dss::scoring {

/// Until the outcome is complete. Each thread keeps the memory for it, a few megabytes, until it
/// ends or runs another encoder.
void run_here(EncoderTask* task);

}  // namespace dss::scoring
