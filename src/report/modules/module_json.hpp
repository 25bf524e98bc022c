// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "model/inventory.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// The fields that a module has wherever it is named: loaded state, licence, file, package,
/// signature. What does not apply or was not seen is null.
Json module_json(const ModuleRow& row);

/// Taint letters and live parameters; null for a module that is not loaded.
Json letters_json(const LoadedModule* loaded);
Json live_parameters_json(const LoadedModule* loaded);

Json identity_json(const std::optional<Identity>& identity);
Json signature_json(const ModuleFile* file, const SignatureVerdict& verdict);
Json package_json(const ModuleFile* file);
Json package_json(const PackageClaim& claim);
Json users_json(const std::vector<ModuleUser>& users);

/// Who uses a module, in the words of every verb.
Json use_json(const ModuleUse& use);

}  // namespace kmodsec
