// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The machine that the options name, where that is no snapshot: this system, or a tree.
Result<std::unique_ptr<Root>> open_machine(const Options& options);

/// The facts of the machine that the options name: this system, a tree, or a snapshot.
Result<Facts> read_machine(const Options& options, CollectScope scope);

/// The same, with the signatures of the named files where the kernel insists on them: they decide
/// then whether a module can get in. They are those of every module where `of_all` are asked about.
Result<Facts> read_machine_for_load_paths(const Options& options, CollectScope scope,
                                          bool of_all = false);

/// All that `answer_cves` asks for; of `modules` their files too, loaded or not.
Result<Facts> read_machine_for_cves(const Options& options,
                                    const std::vector<std::string>& modules = {});

}  // namespace kmodsec
