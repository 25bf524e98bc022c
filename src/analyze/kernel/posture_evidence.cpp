// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/kernel/posture_evidence.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "model/kernel/kernel_changes.hpp"
#include "model/kernel/kernel_options.hpp"
#include "model/names.hpp"

namespace kmodsec {

namespace {

/// The level, or, where the lockdown module is not among the active ones and so has no file, those.
Evidence evidence_of_level(const KernelState& kernel, Lockdown level) {
  const auto& active = kernel.security_modules;
  const bool has_level =
      !active || level != Lockdown::none || std::ranges::find(*active, "lockdown") != active->end();
  if (has_level) return {"/sys/kernel/security/lockdown", {}, std::string(to_string(level))};
  return {"/sys/kernel/security/lsm", {}, join(*active, ",") + ": lockdown is not among them"};
}

}  // namespace

Evidence lockdown_evidence(const KernelState& kernel) {
  const Lockdown level = kernel.lockdown.value_or(Lockdown::none);
  const unsigned series = kernel_series(kernel.release.value_or(""));
  if (series == 0 || has_change(series, KernelChange::lockdown_module))
    return evidence_of_level(kernel, level);
  if (level == Lockdown::none) return {"/dev/kmsg", {}, "mentions no lockdown"};
  const std::vector<KernelLogLine> log = kernel.log.value_or(std::vector<KernelLogLine>{});
  const auto line = std::ranges::find_if(
      log, [](const KernelLogLine& one) { return one.text.contains("locked down"); });
  if (line == log.end())
    return {"/sys/kernel/security/lockdown", {}, std::string(to_string(level))};
  return {"/dev/kmsg", {}, line->text};
}

Evidence evidence_of_no_enforcement(const KernelState& kernel) {
  const bool has_switch = !kernel.config || is_built_in(kernel.config, "CONFIG_MODULE_SIG");
  if (has_switch) return {"/sys/module/module/parameters/sig_enforce", {}, "N"};
  return {"the build options", {}, "CONFIG_MODULE_SIG is not set"};
}

}  // namespace kmodsec
