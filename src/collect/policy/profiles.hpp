// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "base/result.hpp"
#include "model/policy/profile.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The profiles that came with the program and the administrator's own, sorted by name. An own one
/// takes the place of a shipped one of its name. Each has all its modules: those that it includes
/// follow its own, and of two entries for a module the first stays.
///
/// A file that somebody other than root could have written is an error, as it decides what a host
/// can load; so are a name that differs from the file's, an include of nothing, and a circle.
Result<std::vector<Profile>> collect_profiles(const Root& root);

}  // namespace kmodsec
