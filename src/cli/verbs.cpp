// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "cli/verb.hpp"

namespace kmodsec {

std::span<const Verb> all_verbs() {
  static constexpr std::array verbs = {
      Verb{"audit",
           "Judge this host: posture, findings with evidence and fix, and what could not be seen",
           Takes::nothing, run_audit},
      Verb{"list", "List the loaded modules: size, users, taint, licence, signature, origin",
           Takes::nothing, run_list},
      Verb{"show", "Show everything about one module: loaded, on disk or built in", Takes::module,
           run_show},
      Verb{"verify", "Verify the signatures of modules against the keys that this kernel trusts",
           Takes::modules, run_verify},
      Verb{"doors",
           "Tell for each way into the kernel whether a module loads, and which line decides",
           Takes::modules, run_doors},
      Verb{"cves",
           "Tell which modules of this kernel have a known hole, who can get at it, and what to do",
           Takes::modules, run_cves},
      Verb{"load", "Load a module with its parameters, after a look at what would come of it",
           Takes::module_and_parameters, run_load, true},
      Verb{"unload", "Unload modules that nothing uses", Takes::module, run_unload, true},
      Verb{"plan", "Show what has to change until this host is what its policy asks for",
           Takes::nothing, run_plan},
      Verb{"apply", "Make this host what its policy asks for, as one transaction", Takes::nothing,
           run_apply, true},
      Verb{"revert", "Undo the last transaction, byte for byte", Takes::nothing, run_revert, true},
      Verb{"deny", "Add modules or a profile to the denies of the policy, and apply it",
           Takes::modules, run_deny, true},
      Verb{"allow", "Take modules or a profile out of the denies of the policy, and apply it",
           Takes::modules, run_allow, true},
      Verb{"unblock", "Allow a denied module for a while; it ends by itself", Takes::module,
           run_unblock, true},
      Verb{"freeze", "End the loading of modules until the next boot, if this host is ready for it",
           Takes::nothing, run_freeze, true},
      Verb{"baseline",
           "Record the files that decide what enters the kernel, and tell what has changed and why",
           Takes::action, run_baseline, true, "create, check, accept [PATH...], show or seal"},
      Verb{"events", "Tell who loaded and unloaded what, from where, and with what result",
           Takes::nothing, run_events},
      Verb{"data",
           "Tell which tables of known holes are in force; build, sign or import newer ones",
           Takes::action, run_data, false, "show, import FILE, sign FILE or build"},
      Verb{"snapshot",
           "Write all that was collected as one file, to be judged elsewhere with --snapshot",
           Takes::nothing, run_snapshot},
      Verb{"explain", "Tell why a check exists, how it judges and how to fix what it finds",
           Takes::check, run_explain},
      Verb{"checks", "List the checks", Takes::nothing, run_checks},
  };
  return verbs;
}

}  // namespace kmodsec
