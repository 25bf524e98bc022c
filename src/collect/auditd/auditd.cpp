// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/auditd.hpp"

#include <string_view>
#include <utility>

#include "collect/auditd/written_rules.hpp"
#include "collect/host/absence.hpp"
#include "collect/kernel/host_tools.hpp"
#include "collect/paths.hpp"
#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_rule_data.hpp"
#include "system/auditd/live_audit.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view configuration = "/etc/audit";
constexpr std::string_view program = "/usr/sbin/auditd";

std::unexpected<Error> only_on_the_host() {
  return failure(ErrorKind::unsupported, "audit", "only the running kernel tells");
}

Seen<AuditStatus> status_of(const Root& root) {
  if (!root.is_running_system()) return only_on_the_host();
  const auto live = live_audit_status();
  if (!live) return std::unexpected(live.error());
  return AuditStatus{live->enabled, live->pid, live->lost, live->backlog_limit, live->rate_limit};
}

Seen<std::vector<AuditRule>> active_rules(const Root& root, const std::string& machine) {
  if (!root.is_running_system()) return only_on_the_host();
  const auto live = live_audit_rules();
  if (!live) return std::unexpected(live.error());
  const std::uint32_t wide = audit_arch(machine, "b64");
  const std::uint32_t native = wide != 0 ? wide : audit_arch(machine, "b32");
  std::vector<AuditRule> rules;
  for (const std::string& bytes : *live) {
    auto rule = parse_audit_rule_data(bytes, native);
    if (!rule) return std::unexpected(rule.error());
    rules.push_back(std::move(*rule));
  }
  return rules;
}

/// Where programs were not captured, auditd's configuration tells that it is installed.
Seen<bool> is_installed(const Root& root) {
  if (has_program(root, "auditd") || is_folder(root, configuration)) return true;
  if (const auto doubt = doubt_about_absence(root, program)) return std::unexpected(*doubt);
  return false;
}

}  // namespace

Seen<AuditdState> collect_auditd(const Root& root, const std::string& machine) {
  const auto installed = is_installed(root);
  if (!installed) return std::unexpected(installed.error());
  return AuditdState{.auditd = *installed,
                     .status = status_of(root),
                     .active = active_rules(root, machine),
                     .written = collect_written_rules(root, machine)};
}

}  // namespace kmodsec
