// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analyze/deciding_modules.hpp"
#include "app/options.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The machine that the options name, where that is no snapshot: this system, or a tree.
Result<std::unique_ptr<Root>> open_machine(const Options& options);

/// The facts of the machine that the options name: this system, a tree, or a snapshot.
Result<Facts> read_machine(const Options& options, CollectScope scope);

/// The same for a question about load paths, with the files that decide about them and their
/// signatures: a kernel refuses a module that was altered after it was signed, and one that is cut
/// short, whether it insists on signatures or not. Of a snapshot the same files are kept.
Result<Facts> read_machine_for_load_paths(const Options& options, CollectScope scope,
                                          const AskedLoadPaths& asked);

/// All that `answer_cves` asks for; of `modules`, or of every module where none is named.
Result<Facts> read_machine_for_cves(const Options& options,
                                    const std::vector<std::string>& modules = {});

}  // namespace kmodsec
