// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The program that the kernel runs for a module, see `collect_module_loader`, which decides what
/// of the following counts: the configuration folders of modprobe and of systemd-modules-load in
/// their order of precedence, a name in a higher folder masking the same name below (modprobe.d(5),
/// modules-load.d(5)), then the kernel command line; and who sets MODPROBE_OPTIONS.
Seen<LoadConfig> collect_load_config(const Root& root, std::string_view built_in_modprobe = {});

}  // namespace kmodsec
