// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/option_set.hpp"

namespace kmodsec {

void declare_data(OptionSet& set) {
  set.text("--data", set.common().data, "Use these tables of known vulnerabilities for this run",
           "DIR");
  set.text(
      "--tracker", set.common().tracker,
      "Use what the distribution says of each vulnerability: Debian's tracker, OSV or CSAF VEX",
      "FILE");
}

void declare_initramfs(OptionSet& set) {
  set.texts("--initramfs", set.common().initramfs,
            "An initramfs that boots the kernel, or 'none': with those that are found, it is all "
            "there is",
            "FILE");
}

void declare_yes(OptionSet& set, ChangeOptions& options) {
  set.flag("--yes", options.yes, "Do it without asking");
}

void declare_dry_run(OptionSet& set, ChangeOptions& options) {
  set.flag("--dry-run", options.dry_run, "Show what would change, and change nothing");
}

void declare_whole_changes(OptionSet& set, ChangeOptions& options) {
  set.flag("--verbose", options.verbose, "Show the whole of each change, however long");
}

void declare_from(OptionSet& set, ChangeOptions& options) {
  set.choice("--from", options.from_mode, "Deny what the policy only observed so far", "MODE",
             {"observe"});
}

void declare_deny_override(OptionSet& set, ChangeOptions& options) {
  set.texts("--override", options.overrides,
            "Deny this module although the host or its boot needs it", "MODULE");
}

}  // namespace kmodsec
