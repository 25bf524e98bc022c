// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the kernel's audit system is told to record, and whether it does (audit.rules(7)).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/seen.hpp"

namespace kmodsec {

/// A condition of a rule: "auid", ">=", "1000".
struct AuditField {
  std::string name;
  std::string op;
  std::string value;

  auto operator<=>(const AuditField&) const = default;
};

/// A rule, the same whether it was read from a file or from the kernel. Watches (-w) are rules too.
struct AuditRule {
  std::string list;                ///< "exit", "task", "exclude", "filesystem", ...
  std::string action;              ///< "always" or "never".
  std::string arch;                ///< "b64", "b32", or empty: any.
  std::vector<std::string> calls;  ///< Names, sorted; "all" alone for every one.
  std::vector<AuditField> fields;  ///< Sorted, without those that have a member of their own.
  std::string key;
  std::string source;    ///< Path; empty for a rule of the kernel.
  std::size_t line = 0;  ///< From 1.
};

/// The state of the kernel's audit system (AUDIT_GET of linux/audit.h).
struct AuditStatus {
  std::uint32_t enabled = 0;  ///< 0: off, 1: on, 2: on, and locked until the next boot.
  std::uint32_t daemon = 0;   ///< Process id of who takes the records; 0: nobody.
  std::uint32_t lost = 0;     ///< Records since boot that reached nobody.
  std::uint32_t backlog_limit = 0;
  std::uint32_t rate_limit = 0;  ///< Records in a second; 0: no limit.
};

/// A file of rules, or a line of one, that has no effect.
struct AuditRuleProblem {
  std::string source;
  std::size_t line = 0;  ///< From 1; 0: the file as a whole.
  std::string text;
  std::string reason;
  bool stops = true;  ///< auditctl reads nothing of what follows.
  bool sure = true;   ///< False: it may have its effect, which hangs on what was not seen.
};

/// What hands the rules to the kernel when the host starts.
enum class AuditRuleLoader {
  unknown,     ///< Nothing that loads them was seen.
  augenrules,  ///< `augenrules --load` makes audit.rules of rules.d, where there is such a folder.
  auditctl,    ///< `auditctl -R` takes a file as it is.
  nothing,     ///< The unit that would do it is masked.
};

/// The rules that the kernel has when the files of the host are loaded (augenrules(8),
/// auditctl(8)), in the order in which it looks at them.
struct AuditRuleFiles {
  AuditRuleLoader loader = AuditRuleLoader::augenrules;
  std::string loaded_by;  ///< The unit or script that says so; empty where none was seen.
  std::string from;       ///< The folder or the file that is loaded.
  std::vector<AuditRule> rules;
  std::vector<AuditRuleProblem> problems;
  bool locks = false;         ///< They leave the kernel with -e 2.
  bool switches_off = false;  ///< They leave the kernel with -e 0.
};

/// How module loads are audited on a host.
struct AuditdState {
  bool auditd = false;  ///< It is installed: its program is there, or its configuration.
  Seen<AuditStatus> status;
  Seen<std::vector<AuditRule>> active;  ///< Rules of the kernel.
  Seen<AuditRuleFiles> written;
};

}  // namespace kmodsec
