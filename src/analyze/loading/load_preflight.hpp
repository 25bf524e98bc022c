// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "model/loading/preflight.hpp"

namespace kmodsec {

/// Every module that loading by this name could insert: their files have to be read for
/// `preflight_load`.
std::vector<std::string> modules_to_insert(const Facts& facts, std::string_view request);

/// What would come of loading a module into the running kernel, as modprobe does it, with these
/// parameters ("numdummies=2 debug"). What is loaded already counts. More is refused than modprobe
/// refuses: parameters that the module does not have, names that stand for several modules, and
/// install commands.
LoadPreflight preflight_load(const Facts& facts, const std::string& request,
                             const std::string& parameters);

}  // namespace kmodsec
