// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyze/kernel_objects.hpp"
#include "base/result.hpp"
#include "system/running_system.hpp"

namespace kmodsec {

/// What a tree of the kernel's source tells.
struct KernelSource {
  std::string release;  ///< "6.12.117", by the Makefile at its top.
  KernelObjects objects;
  std::size_t folders = 0;              ///< With a Makefile.
  std::vector<std::string> unanswered;  ///< Those for which make did not come to an end.
};

/// Has GNU make evaluate the Makefile of each folder on `jobs` threads, which runs what those
/// Makefiles have it run: the tree has to be one that is trusted as a program is.
Result<KernelSource> read_kernel_source(RunningSystem system, const std::string& tree,
                                        unsigned jobs);

}  // namespace kmodsec
