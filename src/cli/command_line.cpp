// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command_line.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/text.hpp"
#include "model/names.hpp"
#include "system/host/cpu_time.hpp"

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

void set_up(CLI::App& app) {
  app.set_help_flag("-h,--help", "Show this help");
  app.allow_extras();
  app.fallthrough();
}

/// What is more than a word, and what does not fit together.
Result<void> settle(Options& options, const CommonTexts& texts) {
  options.fail_on = *parse_severity(texts.fail_on);
  const auto limits = limits_of(texts.limits);
  if (!limits) return std::unexpected(limits.error());
  options.budget = std::make_shared<Budget>(*limits, cpu_seconds);
  if (options.format == "markdown" && options.verb != "checks")
    return usage("--format", "markdown is a format of 'kmodsec checks' alone");
  if (options.format == "sha256sum" && options.verb != "baseline")
    return usage("--format", "sha256sum is a format of 'kmodsec baseline' alone");
  if (options.format == "ndjson" && !prints_lines(options.verb))
    return usage("--format", "ndjson is a format of 'kmodsec baseline' and 'kmodsec events' alone");
  if (!options.root.empty() && !options.snapshot.empty())
    return usage("--snapshot", "excludes --root: a snapshot is a machine of its own");
  return {};
}

}  // namespace

void OptionSet::text(const char* name, std::string& value, const char* help, const char* type) {
  app_->add_option(name, value, help)->type_name(type);
}

void OptionSet::required_text(const char* name, std::string& value, const char* help,
                              const char* type) {
  app_->add_option(name, value, help)->type_name(type)->required();
}

void OptionSet::choice(const char* name, std::string& value, const char* help, const char* type,
                       const std::vector<std::string>& words) {
  app_->add_option(name, value, help)->type_name(type)->check(CLI::IsMember(words));
}

void OptionSet::texts(const char* name, std::vector<std::string>& values, const char* help,
                      const char* type) {
  app_->add_option(name, values, help)->type_name(type);
}

void OptionSet::flag(const char* name, bool& value, const char* help) {
  app_->add_flag(name, value, help);
}

void OptionSet::arguments(const char* name, std::vector<std::string>& values, const char* help) {
  app_->add_option(name, values, help);
}

void OptionSet::required_arguments(const char* name, std::vector<std::string>& values,
                                   const char* help) {
  app_->add_option(name, values, help)->required();
}

void OptionSet::one_argument(const char* name, std::vector<std::string>& values, const char* help) {
  app_->add_option(name, values, help)->required()->expected(1);
}

Result<CommandLine> parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  Options options;
  CommonTexts texts;
  CLI::App app("kmodsec: kernel-module security of a Linux host, with proof", "kmodsec");
  app.set_version_flag("--version", "kmodsec " KMODSEC_VERSION);
  set_up(app);
  app.require_subcommand(0, 1);
  add_common_options(app, options, texts);
  std::map<std::string_view, std::unique_ptr<Command>> commands;
  for (const Verb& verb : all_verbs()) {
    CLI::App* sub = app.add_subcommand(std::string(verb.name), std::string(verb.help));
    if (!is_named(verb, argc, argv)) continue;
    set_up(*sub);
    add_common_options(*sub, options, texts);
    OptionSet set(*sub, options);
    commands.emplace(verb.name, verb.command(set));
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
  options.verb = chosen.front()->get_name();
  if (auto settled = settle(options, texts); !settled) return std::unexpected(settled.error());
  line.command = std::move(commands.at(options.verb));
  line.command->set_common(options);
  return line;
}

}  // namespace kmodsec
