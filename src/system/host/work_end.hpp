// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

namespace kmodsec {

/// Ends this process with `exit_code`, after a line on stderr, once it has worked for so many
/// seconds on all processors together: for what only computes, and looks at no budget. At most
/// once; programs that are started from here have no such end.
void end_work_after(std::uint64_t seconds, int exit_code);

}  // namespace kmodsec
