// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What the next boot asks for by a name or alias: the file systems of /etc/fstab and what snap
/// packages are mounted with. Either place may be absent.
Seen<std::vector<BootNeed>> collect_boot_needs(const Root& root);

}  // namespace kmodsec
