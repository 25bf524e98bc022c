// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// The configuration of the host as it counts for one kernel: with the command lines that boot it
/// in place of the one that runs, unless that one is its own or no other is known.
LoadConfig load_config_of_tree(const LoadConfig& host, const ModuleTree& tree);

/// The same for what the command line tells the kernel itself.
const KernelLoadParameters& kernel_parameters_of_tree(const LoadConfig& host,
                                                      const ModuleTree& tree);

/// Why the command line that boots this kernel is not known as a whole.
std::vector<Unseen> unseen_command_lines(const ModuleTree& tree);

/// What the boot entries of the kernel that runs say of modules, and its own command line does not,
/// or the reverse.
std::vector<PendingParameter> pending_parameters(const LoadConfig& host, const ModuleTree& tree);

}  // namespace kmodsec
