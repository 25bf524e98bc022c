// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/options.hpp"

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>

#include "base/text.hpp"
#include "cli/verb.hpp"
#include "model/names.hpp"
#include "system/cpu_time.hpp"

namespace kmodsec {
namespace {

std::unexpected<Error> usage(std::string subject, std::string reason) {
  return failure(ErrorKind::usage, std::move(subject), std::move(reason));
}

/// Options that are taken as text first.
struct CommonTexts {
  std::string fail_on = "medium";
  std::vector<std::string> limits;
};

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const Verb& verb : all_verbs()) names.emplace_back(verb.name);
  return names;
}

void add_common_options(CLI::App& app, Options& options, CommonTexts& texts) {
  app.add_option("--format", options.format, "How to answer: text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json", "ndjson", "sha256sum", "markdown"}));
  app.add_option("--root", options.root, "A captured tree or mounted image instead of this system")
      ->type_name("DIR");
  app.add_option("--kernel", options.kernel,
                 "The kernel release to look at instead of the running one")
      ->type_name("RELEASE");
  app.add_option("--snapshot", options.snapshot,
                 "A file written by 'kmodsec snapshot' instead of a system")
      ->type_name("FILE");
  app.add_option("--output", options.output, "Write the answer to a file instead of stdout")
      ->type_name("FILE");
  app.add_option("--fail-on", texts.fail_on,
                 "Lowest severity that makes the exit code 1: low, medium, high or critical")
      ->type_name("SEVERITY")
      ->check(CLI::IsMember({"low", "medium", "high", "critical"}));
  app.add_option("--color", options.color, "Colours: auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_option("--cert", options.certificates,
                 "Certificates to look signers up in: a file, or a folder of files")
      ->type_name("FILE");
  app.add_option("--jobs", options.jobs, "How many files to read at once; default: processors")
      ->type_name("N");
  app.add_option("--limit", texts.limits,
                 "How much of what is foreign is looked at: bytes=N, entries=N, seconds=N or none")
      ->type_name("LIMIT");
  app.add_flag("--quiet", options.quiet, "Say nothing on stderr but errors");
}

/// Of the verbs that ask for known holes.
void add_data_option(CLI::App& app, Options& options) {
  app.add_option("--data", options.data, "Tables of known holes for this run")->type_name("DIR");
}

void add_tables_options(CLI::App& app, Options& options) {
  add_data_option(app, options);
  app.add_option("--vulns", options.vulns, "A checkout of the kernel CNA's vulns.git")
      ->type_name("DIR");
  app.add_option("--kernel-source", options.kernel_sources,
                 "A tree of the kernel's source; make evaluates its Makefiles")
      ->type_name("DIR");
  app.add_option("--kev", options.kev, "CISA's catalog of exploited vulnerabilities, JSON")
      ->type_name("FILE");
  app.add_option("--kernelctf", options.kernelctf, "A checkout of google/security-research")
      ->type_name("DIR");
  app.add_option("--notable", options.notable, "The table of holes that is kept by hand")
      ->type_name("FILE");
  app.add_option("--date", options.date, "The day of the newest record; default: git's answer")
      ->type_name("DAY");
  app.add_option("--key", options.key, "An Ed25519 key: private to sign, public to import")
      ->type_name("FILE");
  app.add_flag("--unsigned", options.unsigned_, "Import tables that nobody signed");
  app.add_flag("--trust-makefiles", options.trust_makefiles,
               "As root too, have make run what --kernel-source makes it run");
  app.add_flag("--older", options.older, "Import tables older than those in force");
}

void add_changing_options(CLI::App& app, Options& options) {
  app.add_flag("--yes", options.yes, "Do it without asking");
}

void add_policy_options(CLI::App& app, const Verb& verb, Options& options) {
  if (verb.name == "deny" || verb.name == "allow")
    app.add_option("--profile", options.profiles, "A profile instead of modules")
        ->type_name("NAME");
  if (verb.name == "deny")
    app.add_flag("--notable", options.deny_notable, "What 'kmodsec cves' proposes to deny");
  if (verb.name != "unblock") return;
  app.add_option("--for", options.duration, "How long: 30m, 2h, 3d")
      ->type_name("DURATION")
      ->required();
  app.add_flag("--load", options.load, "Load it right away");
  app.add_option("--reason", options.reason, "Why, for the log and the audit")
      ->type_name("TEXT")
      ->required();
}

void add_freeze_options(CLI::App& app, Options& options) {
  app.add_flag("--check", options.check, "Tell whether this host is ready, and freeze nothing");
  app.add_option("--level", options.level, "How far: signatures, lockdown or all")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"signatures", "lockdown", "all"}));
  app.add_flag("--when-ready", options.when_ready,
               "Wait until this host is ready and nothing is loaded for a minute");
  app.add_option("--override", options.overrides, "Freeze although this module is missing")
      ->type_name("MODULE");
}

void add_plan_options(CLI::App& app, Options& options) {
  app.add_option("--override", options.overrides,
                 "Deny this module although the host or its boot needs it")
      ->type_name("MODULE");
}

void add_verify_options(CLI::App& app, Options& options) {
  app.add_flag("--all", options.all, "Every module of the kernel");
  app.add_flag("--loaded", options.loaded, "The loaded modules, each held against its file");
}

void add_cves_options(CLI::App& app, Options& options) {
  app.add_flag("--loaded", options.loaded,
               "Open holes of the loaded modules, with or without an exploit");
  app.add_flag("--reachable", options.reachable, "Open holes that others than root can get at");
  app.add_flag("--all", options.all, "Every open hole of this kernel's modules");
}

void add_doors_options(CLI::App& app, Options& options) {
  app.add_option("--alias", options.aliases, "A request of the kernel, such as fs-cramfs")
      ->type_name("REQUEST");
  app.add_option("--profile", options.profiles, "Every module of a profile")->type_name("NAME");
  app.add_flag("--open", options.open, "Every module that is not denied, by who can bring it in");
}

void add_baseline_options(CLI::App& app, Options& options) {
  app.add_option("--store", options.store, "The database with the baseline")->type_name("FILE");
  app.add_option("--against", options.against,
                 "A baseline kept elsewhere: a store, a copy as ndjson, or a list of sha256sum")
      ->type_name("FILE");
  app.add_option("--seal-key", options.seal_key,
                 "The public key by which the baseline has to be sealed")
      ->type_name("FILE");
  app.add_option("--expect", options.expect,
                 "The generation that has to be there: its number, or its digest")
      ->type_name("GENERATION");
  app.add_option("--key", options.key, "The private Ed25519 key to seal with")->type_name("FILE");
  app.add_flag("--journal", options.journal, "Tell each change to the journal of systemd too");
  app.add_option("--reason", options.reason, "Why the named changes are right")->type_name("TEXT");
}

void add_events_options(CLI::App& app, Options& options) {
  app.add_option("--since", options.since,
                 "From when: today, yesterday, boot, 2h, 2026-11-24 or '2026-11-24 10:00:00'")
      ->type_name("TIME");
  app.add_option("--until", options.until, "Until when, in the same words")->type_name("TIME");
  app.add_option("--module", options.modules, "Only events of this module")->type_name("MODULE");
  app.add_flag("--failed", options.failed, "Only what the kernel refused");
  app.add_flag("--follow", options.follow, "Tell each event as it comes, until interrupted");
}

bool reads_known_holes(const Verb& verb) {
  constexpr std::string_view names[] = {"audit", "cves", "deny", "doors", "show"};
  return std::ranges::find(names, verb.name) != std::end(names);
}

void add_verb_options(CLI::App& app, const Verb& verb, Options& options) {
  if (verb.takes == Takes::module || verb.takes == Takes::modules)
    app.add_option("MODULE", options.names, "Names, aliases or files of modules")
        ->required(verb.takes == Takes::module);
  if (verb.takes == Takes::module_and_parameters)
    app.add_option("MODULE", options.names, "A module, then its parameters: numdummies=2")
        ->required();
  if (verb.takes == Takes::action)
    app.add_option("ACTION", options.names, std::string(verb.actions))->required();
  if (verb.name == "baseline") add_baseline_options(app, options);
  if (verb.name == "data") add_tables_options(app, options);
  if (verb.takes == Takes::check)
    app.add_option("ID", options.names, "Id of a check, such as SIG-001")->required()->expected(1);
  if (verb.changes) add_changing_options(app, options);
  if (verb.name == "load" || verb.name == "unload")
    app.add_flag("--dry-run", options.dry_run, "Tell what would come of it, and do nothing");
  if (verb.name == "load")
    app.add_flag("--persist", options.persist,
                 "Write it into the policy: it is loaded at every boot");
  if (verb.name == "plan" || verb.name == "apply" || verb.name == "deny")
    add_plan_options(app, options);
  add_policy_options(app, verb, options);
  if (verb.name == "freeze") add_freeze_options(app, options);
  if (verb.name == "verify") add_verify_options(app, options);
  if (verb.name == "doors") add_doors_options(app, options);
  if (verb.name == "cves") add_cves_options(app, options);
  if (reads_known_holes(verb)) add_data_option(app, options);
  if (verb.name == "events") add_events_options(app, options);
  if (verb.name == "list" || verb.name == "show")
    app.add_flag("!--no-verify", options.verify, "Read signatures without hashing and verifying");
  if (verb.name == "show")
    app.add_flag("--modversions", options.modversions,
                 "The symbols that each needs, with the checksums it was built for");
  if (verb.name == "audit")
    app.add_flag("--all", options.all,
                 "Examine every module of the tree, not the loaded ones alone");
  if (verb.name != "list") return;
  app.add_flag("--unused", options.unused, "Only modules that nothing uses");
  app.add_flag("--tainted", options.tainted, "Only modules that taint the kernel");
  app.add_flag("--unsigned", options.unsigned_, "Only modules without a signature");
  app.add_flag("--on-disk", options.on_disk, "The modules of the tree instead of the loaded ones");
}

/// What CLI11 left over: an unknown verb or option, or one argument too many.
std::optional<Error> leftover(const CLI::App& app, bool verb_found) {
  const std::vector<std::string> rest = app.remaining(true);
  if (rest.empty() && verb_found) return std::nullopt;
  if (rest.empty())
    return Error{ErrorKind::usage, "", "no verb given; try 'kmodsec audit' or 'kmodsec --help'"};
  const std::string& first = rest.front();
  if (first.starts_with('-'))
    return Error{ErrorKind::usage, first, "unknown option; see 'kmodsec --help'"};
  if (verb_found) return Error{ErrorKind::usage, first, "unexpected argument"};
  const auto hint = nearest(first, verb_names());
  return Error{ErrorKind::usage, first,
               "unknown verb; " + (hint ? "did you mean " + *hint + "?" : "see 'kmodsec --help'")};
}

bool prints_lines(std::string_view verb) { return verb == "baseline" || verb == "events"; }

/// CLI11's messages can run over several lines and lists; users get the first line.
std::string first_line(const std::string& message) { return message.substr(0, message.find('\n')); }

Result<Limits> limits_of(const std::vector<std::string>& texts) {
  Limits limits;
  for (const std::string& text : texts) {
    if (const auto set = set_limit(text, limits); !set) return std::unexpected(set.error());
  }
  return limits;
}

/// To set up the options of every verb would be most of what the start takes.
bool is_named(const Verb& verb, int argc, const char* const* argv) {
  return std::find(argv, argv + argc, verb.name) != argv + argc;
}

}  // namespace

Result<CommandLine> parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  CommonTexts texts;
  CLI::App app("kmodsec: kernel-module security of a Linux host, with proof", "kmodsec");
  app.set_version_flag("--version", "kmodsec " KMODSEC_VERSION);
  app.set_help_flag("-h,--help", "Show this help");
  app.allow_extras();
  app.fallthrough();
  app.require_subcommand(0, 1);
  add_common_options(app, line.options, texts);
  for (const Verb& verb : all_verbs()) {
    CLI::App* sub = app.add_subcommand(std::string(verb.name), std::string(verb.help));
    if (!is_named(verb, argc, argv)) continue;
    sub->fallthrough();
    sub->allow_extras();
    sub->set_help_flag("-h,--help", "Show this help");
    add_common_options(*sub, line.options, texts);
    add_verb_options(*sub, verb, line.options);
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    line.text = app.help();
    return line;
  } catch (const CLI::CallForVersion&) {
    line.text = "kmodsec " KMODSEC_VERSION "\n";
    return line;
  } catch (const CLI::ParseError& problem) {
    return usage("", first_line(problem.what()));
  }
  const auto chosen = app.get_subcommands();
  if (const auto problem = leftover(app, !chosen.empty())) return std::unexpected(*problem);
  line.options.verb = chosen.front()->get_name();
  line.options.fail_on = *parse_severity(texts.fail_on);
  const auto limits = limits_of(texts.limits);
  if (!limits) return std::unexpected(limits.error());
  line.options.budget = std::make_shared<Budget>(*limits, cpu_seconds);
  if (line.options.format == "markdown" && line.options.verb != "checks")
    return usage("--format", "markdown is a format of 'kmodsec checks' alone");
  if (line.options.format == "sha256sum" && line.options.verb != "baseline")
    return usage("--format", "sha256sum is a format of 'kmodsec baseline' alone");
  if (line.options.format == "ndjson" && !prints_lines(line.options.verb))
    return usage("--format", "ndjson is a format of 'kmodsec baseline' and 'kmodsec events' alone");
  if (!line.options.root.empty() && !line.options.snapshot.empty())
    return usage("--snapshot", "excludes --root: a snapshot is a machine of its own");
  return line;
}

}  // namespace kmodsec
