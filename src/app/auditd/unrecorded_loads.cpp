// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/auditd/unrecorded_loads.hpp"

#include <string>
#include <vector>

#include "analyze/auditd/audit_coverage.hpp"
#include "base/text.hpp"
#include "collect/auditd/auditd.hpp"
#include "collect/kernel_state.hpp"

namespace kmodsec {
namespace {

bool loads_modules(const AuditCoverageGap& gap) {
  return gap.arch != "b32" && (gap.call == "init_module" || gap.call == "finit_module");
}

}  // namespace

std::optional<Unseen> unrecorded_loads(const Root& root) {
  const KernelState kernel = collect_kernel_identity(root);
  if (!kernel.modules_supported.value_or(true)) return std::nullopt;
  const std::string machine = kernel.arch.value_or("");
  const Seen<AuditdState> auditd = collect_auditd(root, machine);
  if (!auditd) return Unseen{"audit rules", auditd.error().reason};
  if (!auditd->active && !auditd->written)
    return Unseen{"audit rules", auditd->written.error().reason};
  std::vector<std::string> calls;
  for (const AuditCoverageGap& gap :
       audit_coverage_gaps(auditd->active ? *auditd->active : auditd->written->rules, machine)) {
    if (loads_modules(gap)) calls.push_back(gap.call);
  }
  if (calls.empty()) return std::nullopt;
  return Unseen{"audit trail", "no audit rule records " + join(calls, " and ") +
                                   ": what was loaded that way left no record"};
}

}  // namespace kmodsec
