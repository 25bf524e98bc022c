// SPDX-License-Identifier: GPL-2.0-or-later
// record, show, forget, import, propose and ready: what this host uses, and what follows from that.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "app/usage/learn.hpp"
#include "cli/subcommands.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

struct Subcommand {
  std::string_view name;
  Result<Answer> (*run)(const LearnOptions& options, const Style& style);
  bool takes_files = false;
  bool takes_modules = false;    ///< Of the record.
  bool is_about_others = false;  ///< It takes --from, and the formats of who builds images.
};

constexpr std::array subcommands = {
    Subcommand{"record", learn_record},
    Subcommand{.name = "show", .run = learn_show, .takes_modules = true},
    Subcommand{.name = "forget", .run = learn_forget, .takes_modules = true},
    Subcommand{.name = "import", .run = learn_import, .takes_files = true},
    Subcommand{.name = "propose", .run = learn_propose, .is_about_others = true},
    Subcommand{"ready", learn_ready},
};

void declare(OptionSet& set, LearnOptions& options) {
  set.action(options.names,
             "record, show [MODULE...], forget MODULE..., import FILE..., propose or ready",
             names_of_actions(subcommands));
  for (const Subcommand& subcommand : subcommands) {
    if (subcommand.takes_modules) set.argument_of(subcommand.name, "RECORDED");
  }
  set.text("--store", set.common().store, "The database with the record", "FILE");
  set.texts("--from", options.from,
            "Propose for this host too: its record, its snapshot, or a list of modules", "FILE");
  set.flag("--all", options.all, "Forget the whole record");
  set.flag("--verbose", options.verbose, "Show each module of a proposal");
  declare_initramfs(set);
  declare_yes(set, options);
}

Result<void> fits(const Subcommand& subcommand, const LearnOptions& options) {
  const auto action = fmt::format("'learn {}'", subcommand.name);
  const bool takes_names = subcommand.takes_files || subcommand.takes_modules;
  if (!takes_names && options.names.size() > 1)
    return failure(ErrorKind::usage, options.names[1], "unexpected argument");
  if (!subcommand.is_about_others && !options.from.empty())
    return failure(ErrorKind::usage, "--from", "means nothing to " + action);
  if (options.all && subcommand.name != "forget")
    return failure(ErrorKind::usage, "--all", "means nothing to " + action);
  const bool is_usual = options.format == "text" || options.format == "json";
  if (!subcommand.is_about_others && !is_usual)
    return failure(ErrorKind::usage, "--format", options.format + " is not a format of " + action);
  return {};
}

Result<Answer> run(const LearnOptions& options, const Style& style) {
  const auto subcommand = action_called(options.names.front(), "learn", subcommands);
  if (!subcommand) return std::unexpected(subcommand.error());
  if (auto fitting = fits(*subcommand, options); !fitting) return std::unexpected(fitting.error());
  return subcommand->run(options, style);
}

}  // namespace

std::unique_ptr<Command> learn_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
