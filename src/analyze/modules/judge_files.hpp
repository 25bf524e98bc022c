// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "analyze/judge.hpp"
#include "model/check.hpp"

namespace kmodsec {

/// Asks `find` about each module file that was examined: of a kernel that runs those of the loaded
/// modules, and of every folder that was examined as a whole (`audit --all`, or a tree of files in
/// which no kernel runs) all of them. What could not be seen is counted as by `judge_loaded_files`.
using FindInFile =
    std::function<std::optional<Finding>(const std::string& module, const ModuleFile& file)>;
Verdict judge_module_files(const Facts& facts, const Derived& derived, const FindInFile& find,
                           const NeededOfFile& also_needed);

/// Whether the folder of a kernel could not be looked into; unlike one that is not there, and files
/// that nobody asked for.
bool could_not_be_listed(const ModuleTree& tree);

}  // namespace kmodsec
