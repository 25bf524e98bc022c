// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "cli/verb.hpp"

namespace kmodsec {

std::unique_ptr<Command> audit_command(OptionSet& set);
std::unique_ptr<Command> list_command(OptionSet& set);
std::unique_ptr<Command> show_command(OptionSet& set);
std::unique_ptr<Command> verify_command(OptionSet& set);
std::unique_ptr<Command> doors_command(OptionSet& set);
std::unique_ptr<Command> cves_command(OptionSet& set);
std::unique_ptr<Command> load_command(OptionSet& set);
std::unique_ptr<Command> unload_command(OptionSet& set);
std::unique_ptr<Command> plan_command(OptionSet& set);
std::unique_ptr<Command> apply_command(OptionSet& set);
std::unique_ptr<Command> revert_command(OptionSet& set);
std::unique_ptr<Command> deny_command(OptionSet& set);
std::unique_ptr<Command> allow_command(OptionSet& set);
std::unique_ptr<Command> unblock_command(OptionSet& set);
std::unique_ptr<Command> freeze_command(OptionSet& set);
std::unique_ptr<Command> baseline_command(OptionSet& set);
std::unique_ptr<Command> events_command(OptionSet& set);
std::unique_ptr<Command> data_command(OptionSet& set);
std::unique_ptr<Command> snapshot_command(OptionSet& set);
std::unique_ptr<Command> explain_command(OptionSet& set);
std::unique_ptr<Command> checks_command(OptionSet& set);

std::span<const Verb> all_verbs() {
  static constexpr std::array verbs = {
      Verb{"audit",
           "Judge this host: posture, findings with evidence and fix, and what could not be seen",
           audit_command},
      Verb{"list", "List the loaded modules: size, users, taint, licence, signature, origin",
           list_command},
      Verb{"show", "Show everything about one module: loaded, on disk or built in", show_command},
      Verb{"verify", "Verify the signatures of modules against the keys that this kernel trusts",
           verify_command},
      Verb{"doors",
           "Tell for each way into the kernel whether a module loads, and which line decides",
           doors_command},
      Verb{"cves",
           "Tell which modules of this kernel have a known hole, who can get at it, and what to do",
           cves_command},
      Verb{"load", "Load a module with its parameters, after a look at what would come of it",
           load_command, true},
      Verb{"unload", "Unload modules that nothing uses", unload_command, true},
      Verb{"plan", "Show what has to change until this host is what its policy asks for",
           plan_command},
      Verb{"apply", "Make this host what its policy asks for, as one transaction", apply_command,
           true},
      Verb{"revert", "Undo the last transaction, byte for byte", revert_command, true},
      Verb{"deny", "Add modules or a profile to the denies of the policy, and apply it",
           deny_command, true},
      Verb{"allow", "Take modules or a profile out of the denies of the policy, and apply it",
           allow_command, true},
      Verb{"unblock", "Allow a denied module for a while; it ends by itself", unblock_command,
           true},
      Verb{"freeze", "End the loading of modules until the next boot, if this host is ready for it",
           freeze_command, true},
      Verb{"baseline",
           "Record the files that decide what enters the kernel, and tell what has changed and why",
           baseline_command, true},
      Verb{"events", "Tell who loaded and unloaded what, from where, and with what result",
           events_command},
      Verb{"data", "Tell which tables of known holes are in force; sign or import newer ones",
           data_command},
      Verb{"snapshot",
           "Write all that was collected as one file, to be judged elsewhere with --snapshot",
           snapshot_command},
      Verb{"explain", "Tell why a check exists, how it judges and how to fix what it finds",
           explain_command},
      Verb{"checks", "List the checks", checks_command},
  };
  return verbs;
}

}  // namespace kmodsec
