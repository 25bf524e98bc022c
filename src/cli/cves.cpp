// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "analyze/cves/cves_report.hpp"
#include "analyze/cves/module_cves.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"
#include "report/cves/cves_report.hpp"

namespace kmodsec {
namespace {

struct CvesOptions : Options {
  std::vector<std::string> names;  ///< Of modules.
  bool loaded = false;
  bool reachable = false;  ///< Vulnerabilities that others than root can get at alone.
  bool all = false;
};

void declare(OptionSet& set, CvesOptions& options) {
  set.arguments("MODULE", options.names, "Names, aliases or files of modules");
  set.flag("--loaded", options.loaded,
           "Open vulnerabilities of the loaded modules, with or without an exploit");
  set.flag("--reachable", options.reachable,
           "Open vulnerabilities that others than root can get at");
  set.flag("--all", options.all, "Every open vulnerability of this kernel's modules");
  declare_data(set);
}

std::optional<Error> wrong_choice(const CvesOptions& options) {
  const int chosen = static_cast<int>(options.loaded) + static_cast<int>(options.reachable) +
                     static_cast<int>(options.all) + static_cast<int>(!options.names.empty());
  if (chosen < 2) return std::nullopt;
  return Error{ErrorKind::usage, "cves",
               "--loaded, --reachable, --all and modules by name exclude each other"};
}

CvesQuestion question_of(const CvesOptions& options, std::vector<std::string> modules) {
  CvesQuestion question;
  if (options.loaded) question.shown = CvesShown::loaded;
  if (options.reachable) question.shown = CvesShown::reachable;
  if (options.all) question.shown = CvesShown::all;
  question.modules = std::move(modules);
  return question;
}

bool some_are_exploited(const CvesReport& report) {
  return std::ranges::any_of(report.modules, [](const ModuleCves& module) {
    return std::ranges::any_of(module.cves, [](const CveAnswer& answer) {
      return is_notable(answer) && answer.verdict.status == VexStatus::affected;
    });
  });
}

/// A name that neither this kernel nor the tables know is a mistake.
std::optional<Error> unknown_name(const Facts& facts, const CvesReport& report) {
  for (const ModuleCves& module : report.modules) {
    if (module.presence != Presence::absent || is_in_tables(*facts.known_cves, module.name))
      continue;
    const auto hint = nearest(module.name, known_modules(facts));
    return Error{ErrorKind::usage, module.name,
                 "no such module in this kernel or in the tables of known vulnerabilities" +
                     (hint ? "; did you mean " + *hint + "?" : std::string{})};
  }
  return std::nullopt;
}

Result<Answer> run(const CvesOptions& options, const Style& style) {
  if (const auto wrong = wrong_choice(options)) return std::unexpected(*wrong);
  const auto facts = read_machine_for_cves(options);
  if (!facts) return std::unexpected(facts.error());
  auto modules = modules_named(*facts, options, options.names);
  if (!modules) return std::unexpected(modules.error());
  const CvesReport report = answer_cves(*facts, question_of(options, std::move(*modules)));
  if (const auto unknown = unknown_name(*facts, report)) return std::unexpected(*unknown);
  const auto detail = options.names.empty() ? CvesDetail::open : CvesDetail::verdicts;
  const bool found = some_are_exploited(report);
  return Answer{
      options.format == "json" ? print_cves_json(report) : print_cves_text(report, style, detail),
      found ? Outcome::findings : outcome_of(report.unseen), report.unseen};
}

}  // namespace

std::unique_ptr<Command> cves_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
