// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The indexes in the folder of a kernel: those that modprobe reads, and the text that depmod wrote
/// beside them. A module counts as built in where modprobe takes it for that.
void collect_indexes(const Root& root, ModuleTree& tree);

}  // namespace kmodsec
