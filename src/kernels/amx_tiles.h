// The tile registers of AMX, set up for 16 rows of 64 bytes each.
#pragma once

namespace dss::kernels {

/// From one to the other this thread may use the tiles. Having them costs at every change of
/// threads, so they are given back between pieces of work. REQUIRES: AMX (see instruction_set.h).
void amx_begin();
void amx_end();

}  // namespace dss::kernels
