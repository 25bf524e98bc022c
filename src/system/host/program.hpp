// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "system/host/running_system.hpp"

namespace kmodsec {

/// How a program ended, and the last of what it said.
struct ProgramEnd {
  int code = 0;        ///< Its exit code; 128 and the number of the signal that ended it.
  std::string output;  ///< stdout and stderr, of which the last is kept.
};

/// Runs a program of the system by its name, found in /usr/sbin, /usr/bin, /sbin and /bin alone,
/// and waits for it. No shell, no environment but a PATH of these, LC_ALL=C.UTF-8 and what
/// `is_started_by_another_run` looks for, nothing on stdin. The last 64 KiB of what it says are
/// kept. `not_found` when there is no such program.
Result<ProgramEnd> run_program(RunningSystem system, const std::vector<std::string>& command);

/// The same for a program that says more.
Result<ProgramEnd> run_program_for_output(RunningSystem system,
                                          const std::vector<std::string>& command,
                                          std::size_t most_output);

/// Whether a program that kmodsec has run says that it has started this one. That run holds the
/// lock of the host: where nobody does, the variable is somebody else's.
bool is_started_by_another_run();

}  // namespace kmodsec
