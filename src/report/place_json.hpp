// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/loading/load_paths.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// What a module is to one kernel, and who gets at it: `ModuleLoadPaths` and `ModuleCves` open with
/// it.
template <class Module>
Json place_json(const Module& module) {
  return {{"name", module.name},
          {"kernel", module.kernel},
          {"presence", to_string(module.presence)},
          {"loaded", module.loaded ? Json(*module.loaded) : Json(nullptr)},
          {"denied", module.denied},
          {"unknown", module.unknown},
          {"load_state", to_string(load_state_of(module))},
          {"attacker_position", to_string(module.position)},
          {"trigger", text_or_null(module.trigger)}};
}

/// How many vulnerabilities a module has, in numbers and in the words of every verb.
inline Json counts_json(const VulnerabilityCounts& counts) {
  return {{"known", counts.known},
          {"affected", counts.affected},
          {"under_investigation", counts.under_investigation},
          {"exploited", counts.exploited},
          {"exploited_untold", counts.exploited_untold},
          {"text", words_of(counts)}};
}

}  // namespace kmodsec
