// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/auditd/auditd.hpp"

namespace kmodsec {

/// A system call that rules let pass unrecorded, always or under a condition.
struct AuditCoverageGap {
  std::string call;
  std::string arch;  ///< "b64" or "b32".
  std::string why;
  const AuditRule* rule = nullptr;  ///< The one that is to blame, if one is.
};

/// What of the calls that load and unload modules these rules do not record on a machine of this
/// architecture. The first rule of a list that fits decides (linux: kernel/auditsc.c,
/// audit_filter_syscall).
std::vector<AuditCoverageGap> audit_coverage_gaps(const std::vector<AuditRule>& rules,
                                                  std::string_view machine);

/// No rule can be loaded before the next boot (auditctl -e 2).
bool takes_no_rules(const AuditdState& auditd);

/// Those of the rules that are not among the others.
std::vector<const AuditRule*> rules_not_among(const std::vector<AuditRule>& rules,
                                              const std::vector<AuditRule>& others);

/// Rules of one file that the kernel does not have. Nothing where either was not seen.
std::vector<const AuditRule*> rules_not_in_force(const AuditdState& auditd, std::string_view path);

/// A rule about the start of a program that loads modules, by the name that it watches.
struct LoaderWatch {
  std::string path;
  const AuditRule* rule = nullptr;
};

/// Whoever loads in another way than by these programs is not seen.
std::vector<LoaderWatch> watches_of_loaders(const std::vector<AuditRule>& rules);

}  // namespace kmodsec
