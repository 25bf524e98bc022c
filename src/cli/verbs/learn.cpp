// SPDX-License-Identifier: GPL-2.0-or-later
// record, show, forget, import, propose and ready: what this host uses, and what follows from that.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "app/usage/learn.hpp"
#include "cli/suggestions.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

struct Subcommand {
  std::string_view name;
  Result<Answer> (*run)(const LearnOptions& options, const Style& style);
  bool takes_names = false;
  bool is_about_others = false;  ///< It takes --from, and the formats of who builds images.
};

constexpr std::array subcommands = {
    Subcommand{"record", learn_record},
    Subcommand{"show", learn_show, true},
    Subcommand{"forget", learn_forget, true},
    Subcommand{"import", learn_import, true},
    Subcommand{"propose", learn_propose, false, true},
    Subcommand{"ready", learn_ready},
};

std::vector<std::string> names_of_actions() {
  std::vector<std::string> names;
  for (const Subcommand& subcommand : subcommands) names.emplace_back(subcommand.name);
  return names;
}

void declare(OptionSet& set, LearnOptions& options) {
  set.action(options.names,
             "record, show [MODULE...], forget [MODULE...], import FILE..., propose or ready",
             names_of_actions());
  set.text("--store", options.store, "The database with the record", "FILE");
  set.texts("--from", options.from,
            "Propose for this host too: its record, its snapshot, or a list of modules", "FILE");
  set.flag("--verbose", options.verbose, "Show each module of a proposal");
  declare_initramfs(set);
  declare_yes(set, options);
}

Result<void> fits(const Subcommand& subcommand, const LearnOptions& options) {
  const auto action = fmt::format("'learn {}'", subcommand.name);
  if (!subcommand.takes_names && options.names.size() > 1)
    return failure(ErrorKind::usage, options.names[1], "unexpected argument");
  if (!subcommand.is_about_others && !options.from.empty())
    return failure(ErrorKind::usage, "--from", "means nothing to " + action);
  const bool is_usual = options.format == "text" || options.format == "json";
  if (!subcommand.is_about_others && !is_usual)
    return failure(ErrorKind::usage, "--format", options.format + " is not a format of " + action);
  return {};
}

Result<Answer> run(const LearnOptions& options, const Style& style) {
  const std::string& name = options.names.front();
  if (auto known = one_of("learn", name, names_of_actions()); !known)
    return std::unexpected(known.error());
  const auto subcommand = std::ranges::find(subcommands, name, &Subcommand::name);
  if (auto fitting = fits(*subcommand, options); !fitting) return std::unexpected(fitting.error());
  return subcommand->run(options, style);
}

}  // namespace

std::unique_ptr<Command> learn_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
