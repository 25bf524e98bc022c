// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/check.hpp"

namespace kmodsec {

/// Fails with one finding for each loaded module that carries the taint letter.
Verdict judge_taint_letter(const Facts& facts, char letter, std::string_view message);

/// Fails with each taint of the kernel itself that modules cause, or that something else does.
Verdict judge_kernel_taint(const Facts& facts, bool by_module);

/// Asks `find` about each loaded module and the file that bears its name. What could not be seen
/// (the list, the folder, a file, and what `also_needed` names of a file) is counted as unseen.
using FindInModule = std::function<std::optional<Finding>(const LoadedWithFile&)>;
using NeededOfFile = std::function<std::optional<Error>(const ModuleFile&)>;
Verdict judge_loaded_files(const Facts& facts, const Derived& derived, const FindInModule& find,
                           const NeededOfFile& also_needed = {});

/// The verdict on a kernel that runs without loadable modules, or of which nobody knows whether it
/// has them; nothing where it has. To be asked where a kernel runs.
std::optional<Verdict> why_no_module_support(const Facts& facts);

/// Why nothing is said of the modules of the kernel that runs.
Error no_running_tree();

/// The error that hid the module files of the running kernel, if one did.
std::optional<Error> running_files_were_seen(const Derived& derived);

/// The error that hid who owns a file, if one did; `judge_loaded_files` asks it.
std::optional<Error> claim_was_seen(const ModuleFile& file);

/// Fails with one finding for each path that others than root may write and `concerns` picks.
/// Where the host's files of that sort are hidden, those that were judged are others: unseen.
Verdict judge_writable(const Facts& facts, std::vector<Unseen> MaskedPaths::* sort,
                       const std::function<bool(std::string_view)>& concerns,
                       std::string_view message);

/// Sorts by subject, then by what is said: modules and trees come in another order at every boot.
void sort_by_subject(std::vector<Finding>& findings);

/// What hides the host's files of that sort from this process.
std::vector<Unseen> unseen_files(const Facts& facts, std::vector<Unseen> MaskedPaths::* sort);

/// "mode 0777, user 1000, group 0".
std::string describe(const Ownership& path);

/// "coreutils 9.1-1"; the name alone where the version is not known.
std::string describe(const PackageClaim& package);

/// The guards of which it is not known who may write them.
std::vector<Unseen> unclear_of(const std::vector<Ownership>& owners);

}  // namespace kmodsec
