// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/loading/doors.hpp"
#include "model/check.hpp"

namespace kmodsec {

/// The doors of one kernel as the configuration of modprobe alone leaves them: what the kernel
/// itself refuses does not count. `tree` must outlive it.
class ConfiguredDoors {
 public:
  ConfiguredDoors(const LoadConfig& config, const ModuleTree& tree);

  ModuleDoors of(const std::string& module) const { return doors_.of(module); }
  const LoadModel& model() const { return doors_.model(); }

 private:
  Facts configuration_;
  Doors doors_;
};

/// That verdict; impossible when the module has no such door.
const DoorVerdict& verdict_of(const ModuleDoors& doors, Door door);

bool loads_by(const ModuleDoors& doors, Door door);

/// Asks `find` about each loaded module and the doors of the running kernel, when there is a deny
/// line.
using FindInDoors =
    std::function<std::optional<Finding>(const LoadedWithFile& module, const ConfiguredDoors&)>;
Verdict judge_loaded_doors(const Facts& facts, const Derived& derived, const FindInDoors& find);

/// What decides that the module stays out, and that it is loaded.
std::vector<Evidence> evidence_of_deny(const ModuleDoors& doors);

/// "by its name", "as a dependency".
std::string_view words_of(Door door);

}  // namespace kmodsec
