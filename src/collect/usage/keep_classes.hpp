// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "base/result.hpp"
#include "model/usage/keep_set.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The classes that came with the program, sorted by name.
Result<std::vector<KeepClass>> shipped_classes();

/// These and the administrator's own of /etc/kmodsec/keep-classes.d, sorted by name. An own one
/// takes the place of a shipped one of its name.
///
/// A file that somebody other than root could have written is an error, as it decides what a host
/// can load; so is a name that differs from the file's.
Result<std::vector<KeepClass>> collect_keep_classes(const Root& root);

}  // namespace kmodsec
