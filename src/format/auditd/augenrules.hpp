// SPDX-License-Identifier: GPL-2.0-or-later
//
// What augenrules(8) makes of /etc/audit/rules.d: one file, /etc/audit/audit.rules. It is a shell
// script, so that its answer hangs on ls, on how a shell splits words, and on which awk the host
// has (audit-userspace 2.8 to 4.2: init.d/augenrules).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// How the script and the programs of a host read.
struct AugenrulesDialect {
  /// gawk and busybox' awk take "\s" for a blank, mawk and the original awk for the letter s.
  bool knows_blanks = true;
  /// From 3.1.1 on the script takes the CR of a CRLF away.
  bool strips_cr = false;
  /// From 3.1.1 on a name is not taken for a pattern of the shell.
  bool quotes_names = false;
};

/// What the script of a host says of itself.
AugenrulesDialect augenrules_dialect(std::string_view script);

/// The names of the folder's entries that the script hands to cat, in its order. A name with
/// blanks becomes several, of which those that end in ".rules" at the end of a line count.
std::vector<std::string> augenrules_order(const std::vector<std::string>& entries,
                                          const AugenrulesDialect& dialect);

/// A file as cat prints it.
struct AuditRulesText {
  std::string path;
  std::string text;
};

/// Where a line of the file that is written comes from.
struct AuditLineOrigin {
  std::string path;
  std::size_t line = 0;  ///< From 1; 0: the script made it.
};

/// The text that is written, byte for byte, and the origin of each of its lines.
struct GeneratedAuditRules {
  std::string text;
  std::vector<AuditLineOrigin> origins;
};

/// `folder` is the one that the files are from, as the first line names it.
GeneratedAuditRules generate_audit_rules(std::string_view folder,
                                         const std::vector<AuditRulesText>& files,
                                         const AugenrulesDialect& dialect);

}  // namespace kmodsec
