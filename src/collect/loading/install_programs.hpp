// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The programs that the install and remove lines would run, each word once: whether they are
/// there, and who may write them. Of a command that a shell does more with than run one program,
/// nothing. A word without a slash is looked for where the kernel's modprobe looks (linux:
/// kernel/module/kmod.c, call_modprobe, PATH); its absence there proves nothing.
std::vector<InstallProgram> collect_install_programs(const Root& root,
                                                     const std::vector<ConfigLine>& lines);

}  // namespace kmodsec
