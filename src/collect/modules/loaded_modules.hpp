// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/modules/module.hpp"
#include "model/report.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The modules in the kernel, newest first. An empty list while sysfs shows loaded modules is an
/// answer that somebody hid, and so an error. Lines that could not be read are added to `unseen`.
Seen<std::vector<LoadedModule>> collect_loaded_modules(const Root& root,
                                                       std::vector<Unseen>& unseen);

/// Adds the live parameters of a module.
void collect_parameters(const Root& root, LoadedModule& module);

/// Adds what tells a module from another build of it.
void collect_identity(const Root& root, LoadedModule& module);

}  // namespace kmodsec
