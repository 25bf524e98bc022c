// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "system/files/root.hpp"

namespace kmodsec {

/// The partitions of boot loaders that /etc/fstab names and that are not there: not mounted on the
/// running system, without a file of a boot loader in a tree. /boot comes first.
std::vector<std::string> unmounted_partitions(const Root& root);

}  // namespace kmodsec
