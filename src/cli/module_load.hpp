// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "cli/options.hpp"
#include "model/module_change.hpp"
#include "system/running_system.hpp"

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
Result<void> perform_load(RunningSystem system, LoadReport& report, const std::string& parameters);

/// What the kernel would have to insert, in order.
std::vector<std::string> modules_of(const LoadPreflight& preflight);

}  // namespace kmodsec
