// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Which program the kernel runs to have a module loaded, and by which rules it does. The path is
/// that of /proc/sys/kernel/modprobe, or the one that the kernel was built with
/// (`CONFIG_MODPROBE_PATH`; empty when that is not known), or /sbin/modprobe. Where no kernel runs,
/// the last of `settings` that names a program comes before these. Reads the program and runs
/// nothing.
ModuleLoader collect_module_loader(const Root& root, std::string_view built_in_path,
                                   const std::vector<LoaderSetting>& settings = {});

/// Who may write the program that the kernel is to run, and the folders above it that are there. A
/// device is no program: it is left out. Empty where nobody can tell owners.
std::vector<Ownership> owners_of_loader(const Root& root, const std::string& path);

}  // namespace kmodsec
