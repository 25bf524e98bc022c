// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// The `options` lines that modprobe would use: the configuration folders in their order of
/// precedence, a name in a higher folder masking the same name below (modprobe.d(5)), then the
/// kernel command line.
Seen<std::vector<OptionsLine>> collect_modprobe_options(const Root& root);

}  // namespace kmodsec
