// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include "model/policy/module_change.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// Null when it was not tried.
Json change_json(const std::optional<ModuleChange>& change);

}  // namespace kmodsec
