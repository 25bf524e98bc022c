// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/policy/module_change.hpp"
#include "system/host/running_system.hpp"

namespace kmodsec {

/// A load into the running kernel, with the facts that its report points into.
struct ModuleLoad {
  Facts facts;
  LoadReport report;
};

/// What would come of it.
Result<std::unique_ptr<ModuleLoad>> preflight_load_of(const Options& options,
                                                      const std::string& request,
                                                      const std::string& parameters);

/// Does what the preflight tells, and adds what came of it to the report.
/// Whether it would load if no file of ours denied it. The error is what else refuses it.
Result<void> would_load_without_ours(const Options& options, const std::string& request);

Result<void> perform_load(RunningSystem system, LoadReport& report, const std::string& parameters);

/// Takes modules out of the running kernel, one after the other, until one stays.
Result<ModuleChange> perform_unload(RunningSystem system, const std::vector<std::string>& modules);

/// What the kernel would have to insert, in order.
std::vector<std::string> modules_of(const LoadPreflight& preflight);

}  // namespace kmodsec
