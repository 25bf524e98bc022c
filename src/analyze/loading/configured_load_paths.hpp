// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/loading/load_paths.hpp"
#include "model/check.hpp"

namespace kmodsec {

/// The load paths of one kernel as the configuration of modprobe alone leaves them: what the kernel
/// itself refuses does not count. `tree` must outlive it.
class ConfiguredLoadPaths {
 public:
  ConfiguredLoadPaths(const LoadConfig& config, const ModuleTree& tree);

  ModuleLoadPaths of(const std::string& module) const { return load_paths_.of(module); }
  const LoadModel& model() const { return load_paths_.model(); }

 private:
  Facts configuration_;
  LoadPaths load_paths_;
};

/// The verdict of that load path; impossible when the module has no such one.
const LoadPathVerdict& verdict_of(const ModuleLoadPaths& load_paths, LoadPath load_path);

bool loads_by(const ModuleLoadPaths& load_paths, LoadPath load_path);

/// Asks `find` about each loaded module and the load paths of the running kernel, when there is a
/// deny line. Whether one holds is not known where the program that the kernel runs was not seen.
using FindInLoadPaths =
    std::function<std::optional<Finding>(const LoadedWithFile& module, const ConfiguredLoadPaths&)>;
Verdict judge_loaded_load_paths(const Facts& facts, const Derived& derived,
                                const FindInLoadPaths& find);

/// What decides that the module stays out, and that it is loaded.
std::vector<Evidence> evidence_of_deny(const ModuleLoadPaths& load_paths);

/// "by its name", "as a dependency".
std::string_view words_of(LoadPath load_path);

}  // namespace kmodsec
