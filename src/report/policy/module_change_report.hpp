// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/policy/module_change.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What would come of it, before anything is done.
std::string print_preflight_text(const LoadPreflight& preflight, const Style& style);
std::string print_preflight_text(const UnloadPreflight& preflight, const Style& style);

/// What came of it: what the kernel said, and what it has now.
std::string print_change_text(const ModuleChange& change, const Style& style);

/// The documents `kmodsec.load/1` and `kmodsec.unload/1`.
std::string print_load_json(const LoadReport& report);
std::string print_unload_json(const UnloadReport& report);

}  // namespace kmodsec
