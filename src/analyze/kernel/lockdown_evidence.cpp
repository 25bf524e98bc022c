// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/kernel/lockdown_evidence.hpp"

#include <algorithm>
#include <string>

#include "model/kernel/kernel_changes.hpp"
#include "model/names.hpp"

namespace kmodsec {

Evidence lockdown_evidence(const KernelState& kernel) {
  const Lockdown level = kernel.lockdown.value_or(Lockdown::none);
  const unsigned series = kernel_series(kernel.release.value_or(""));
  if (series == 0 || has_change(series, KernelChange::lockdown_module))
    return {"/sys/kernel/security/lockdown", {}, std::string(to_string(level))};
  if (level == Lockdown::none) return {"/dev/kmsg", {}, "tells of no lockdown"};
  const std::vector<KernelLogLine> log = kernel.log.value_or(std::vector<KernelLogLine>{});
  const auto line = std::ranges::find_if(
      log, [](const KernelLogLine& one) { return one.text.contains("locked down"); });
  if (line == log.end())
    return {"/sys/kernel/security/lockdown", {}, std::string(to_string(level))};
  return {"/dev/kmsg", {}, line->text};
}

}  // namespace kmodsec
