// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "base/text.hpp"
#include "cli/verb.hpp"

namespace kmodsec {

std::unique_ptr<Command> status_command(OptionSet& set);
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
std::unique_ptr<Command> history_command(OptionSet& set);
std::unique_ptr<Command> profiles_command(OptionSet& set);
std::unique_ptr<Command> freeze_command(OptionSet& set);
std::unique_ptr<Command> baseline_command(OptionSet& set);
std::unique_ptr<Command> events_command(OptionSet& set);
std::unique_ptr<Command> learn_command(OptionSet& set);
std::unique_ptr<Command> data_command(OptionSet& set);
std::unique_ptr<Command> snapshot_command(OptionSet& set);
std::unique_ptr<Command> explain_command(OptionSet& set);
std::unique_ptr<Command> checks_command(OptionSet& set);

namespace {

constexpr std::array verbs = {
    Verb{"status",
         VerbGroup::look,
         "Show this host at a glance: what is wrong, and what helps most",
         {"kmodsec", "kmodsec status --root /mnt/image"},
         status_command,
         Asks::findings},
    Verb{"audit",
         VerbGroup::look,
         "Judge this host: findings with proof and fix, and what is not seen",
         {"kmodsec audit", "kmodsec audit --root /mnt/image --format json"},
         audit_command,
         Asks::findings,
         false,
         "ndjson"},
    Verb{"list",
         VerbGroup::look,
         "List loaded modules: use, taint, licence, signature, origin",
         {"kmodsec list --unsigned", "kmodsec list --unused"},
         list_command,
         Asks::machine},
    Verb{"show",
         VerbGroup::look,
         "Show everything about a module: loaded, on disk or built in",
         {"kmodsec show nf_tables", "kmodsec show ./driver.ko"},
         show_command,
         Asks::machine},
    Verb{"verify",
         VerbGroup::look,
         "Verify signatures against the keys that this kernel trusts",
         {"kmodsec verify --loaded", "kmodsec verify ./driver.ko --cert mok.der"},
         verify_command,
         Asks::findings},
    Verb{"doors",
         VerbGroup::look,
         "Show who can have a module loaded, and which line decides",
         {"kmodsec doors sctp", "kmodsec doors --open"},
         doors_command,
         Asks::machine},
    Verb{"cves",
         VerbGroup::look,
         "Show the known vulnerabilities of modules and who can reach them",
         {"kmodsec cves", "kmodsec cves nf_tables"},
         cves_command,
         Asks::machine},
    Verb{"plan",
         VerbGroup::decide,
         "Show what has to change until this host fits its policy",
         {"kmodsec plan", "kmodsec plan --format json"},
         plan_command,
         Asks::one_host},
    Verb{"profiles",
         VerbGroup::decide,
         "List the named deny lists, or show one with its reasons",
         {"kmodsec profiles", "kmodsec profiles cis-level-1"},
         profiles_command,
         Asks::one_host},
    Verb{"checks",
         VerbGroup::decide,
         "List the checks of the audit",
         {"kmodsec checks", "kmodsec checks --format markdown"},
         checks_command,
         Asks::nothing,
         false,
         "markdown"},
    Verb{"explain",
         VerbGroup::decide,
         "Show what a check judges, why, and how to fix what it finds",
         {"kmodsec explain SIG-001", "kmodsec explain CONF-004 --format json"},
         explain_command,
         Asks::nothing},
    Verb{"deny",
         VerbGroup::change,
         "Deny modules or a profile: change the policy and apply it",
         {"kmodsec deny usb-storage", "kmodsec deny --profile rare-protocols --dry-run"},
         deny_command,
         Asks::one_host,
         true},
    Verb{"allow",
         VerbGroup::change,
         "Stop denying modules or a profile: change the policy and apply it",
         {"kmodsec allow usb-storage", "kmodsec allow --profile rare-protocols"},
         allow_command,
         Asks::one_host,
         true},
    Verb{"unblock",
         VerbGroup::change,
         "Allow a denied module for a while; it ends by itself",
         {"kmodsec unblock usb-storage --for 2h --reason 'backup to a disk'",
          "kmodsec unblock cifs --for 30m --load --reason 'ticket 4711'"},
         unblock_command,
         Asks::one_host,
         true},
    Verb{"load",
         VerbGroup::change,
         "Load a module with its parameters, after showing what would happen",
         {"kmodsec load dummy numdummies=2", "kmodsec load wireguard --persist"},
         load_command,
         Asks::machine,
         true},
    Verb{"unload",
         VerbGroup::change,
         "Unload modules that nothing uses",
         {"kmodsec unload dummy", "kmodsec unload dummy --dry-run"},
         unload_command,
         Asks::machine,
         true},
    Verb{"apply",
         VerbGroup::change,
         "Make this host what its policy asks for, as one transaction",
         {"kmodsec apply", "kmodsec apply --yes"},
         apply_command,
         Asks::one_host,
         true},
    Verb{"revert",
         VerbGroup::change,
         "Undo the last transaction, or one and all after it, byte for byte",
         {"kmodsec revert", "kmodsec revert 3"},
         revert_command,
         Asks::one_host,
         true},
    Verb{"history",
         VerbGroup::change,
         "List the transactions of this host that can be undone",
         {"kmodsec history", "kmodsec history --format json"},
         history_command,
         Asks::one_host},
    Verb{"freeze",
         VerbGroup::change,
         "End the loading of modules until the next boot, if all is ready",
         {"kmodsec freeze --check", "kmodsec freeze --when-ready"},
         freeze_command,
         Asks::this_host,
         true},
    Verb{"baseline",
         VerbGroup::keep_watch,
         "Record the files that decide what loads; show what changed and why",
         {"kmodsec baseline create", "kmodsec baseline check"},
         baseline_command,
         Asks::one_host,
         true,
         "ndjson sha256sum"},
    Verb{"events",
         VerbGroup::keep_watch,
         "Show who loaded and unloaded what, from where, with what result",
         {"kmodsec events --since yesterday", "kmodsec events --module usb_storage --follow"},
         events_command,
         Asks::one_host,
         false,
         "ndjson"},
    Verb{"learn",
         VerbGroup::keep_watch,
         "Record what this host uses; propose what it has to keep",
         {"kmodsec learn record", "kmodsec learn propose"},
         learn_command,
         Asks::machine,
         true,
         "modprobe.d ansible nix ignition dracut names"},
    Verb{"snapshot",
         VerbGroup::keep_watch,
         "Write what is known of a host to a file, to be judged elsewhere",
         {"kmodsec snapshot --output host.json", "kmodsec audit --snapshot host.json"},
         snapshot_command,
         Asks::machine},
    Verb{"data",
         VerbGroup::manage,
         "Show which tables of vulnerabilities are in force; import others",
         {"kmodsec data show", "kmodsec data import tables --key publisher.pub"},
         data_command,
         Asks::one_host},
};

}  // namespace

std::span<const Verb> all_verbs() { return verbs; }

std::string_view to_string(VerbGroup group) {
  switch (group) {
    case VerbGroup::look: return "Look";
    case VerbGroup::decide: return "Decide";
    case VerbGroup::change: return "Change";
    case VerbGroup::keep_watch: return "Keep watch";
    case VerbGroup::manage: return "Manage kmodsec";
  }
  return "";
}

std::vector<std::string> formats_of(const Verb& verb) {
  std::vector<std::string> formats = {"text", "json"};
  for (const std::string_view format : split_words(verb.more_formats)) formats.emplace_back(format);
  return formats;
}

bool applies(const Verb& verb, std::string_view option) {
  if (option == "--fail-on") return verb.asks == Asks::findings;
  if (option == "--snapshot" || option == "--cert") return verb.asks >= Asks::machine;
  if (option == "--root" || option == "--kernel") return verb.asks >= Asks::one_host;
  if (option == "--jobs") return verb.asks >= Asks::this_host;
  return true;
}

}  // namespace kmodsec
