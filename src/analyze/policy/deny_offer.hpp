// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"
#include "model/modules/module_use.hpp"

namespace kmodsec {

/// Whether the module is open by an initramfs alone, and a line of the host denies it: what is left
/// to do is to rebuild the image.
bool is_open_in_image_alone(const ModuleLoadPaths& module);

/// Whether the command that denies a module is shown with it: the deny closes what others than root
/// can have loaded, and takes nothing from what is known to use it now. What is denied already is
/// not denied a second time.
bool is_deny_offered(const ModuleLoadPaths& module, const ModuleUse& use);

/// The command that rebuilds the image which is older than the deny of the host: apply, where that
/// deny is one of the policy; else that of the tool which made the image. Empty where no image is
/// older, or where the policy leaves its denies out of the images.
std::string rebuild_offered(const ModuleLoadPaths& module, const ModuleTree& tree,
                            const Facts& facts);

}  // namespace kmodsec
