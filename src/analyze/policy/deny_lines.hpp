// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/loading/load_config.hpp"
#include "model/policy/policy.hpp"

namespace kmodsec {

/// Whether a deny begins with an empty softdep.
enum class DenySoftdep { without, emptied };

/// The lines of modprobe.d(5) that keep a module out. The install line holds against requests by
/// its name, the blacklist line against those by alias. A module with a softdep is loaded past its
/// install line (kmod: libkmod/libkmod-module.c, kmod_module_get_probe_list): the first softdep
/// line is the only one that counts, so that an empty one, read before all others, helps.
std::vector<ConfigLine> deny_lines(const std::string& module, DenyAnswer answer,
                                   DenySoftdep softdep, const std::string& source);

/// The modules that get in past their install line unless an empty softdep comes first: those of a
/// softdep of any kernel, or of the configuration that is not ours.
std::set<std::string> modules_with_softdep(const Facts& facts);

}  // namespace kmodsec
