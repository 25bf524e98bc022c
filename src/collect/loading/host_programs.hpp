// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/loading/host_program.hpp"
#include "model/loading/module_loader.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The programs that load modules, where distributions have them and where `loader` is, which is
/// what the kernel runs. Those that are not there are left out; where it is not known whether one
/// is, its package is that doubt. No package was asked yet.
std::vector<HostProgram> find_host_programs(const Root& root, std::string_view loader);

/// Fills in what the packages of the host say of them, and of the programs of install lines that
/// would deny: whether each is the file that its package installed.
void collect_packages_of_programs(const Root& root, std::vector<HostProgram>& programs,
                                  std::vector<InstallProgram>& of_lines);

/// The same of those of the lines alone.
void collect_packages_of_lines(const Root& root, std::vector<InstallProgram>& programs);

}  // namespace kmodsec
