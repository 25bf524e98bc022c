// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "analyze/cves/cves_report.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "app/modules/asked_modules.hpp"
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
           "Open vulnerabilities that others than root can reach");
  set.flag("--all", options.all, "Every open vulnerability of this kernel's modules");
  declare_data(set);
}

std::optional<Error> wrong_choice(const CvesOptions& options) {
  const int chosen = static_cast<int>(options.loaded) + static_cast<int>(options.reachable) +
                     static_cast<int>(options.all) + static_cast<int>(!options.names.empty());
  if (chosen < 2) return std::nullopt;
  return Error{ErrorKind::usage, "cves",
               "use only one of --loaded, --reachable, --all and modules by name"};
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

Result<Answer> run(const CvesOptions& options, const Style& style) {
  if (const auto wrong = wrong_choice(options)) return std::unexpected(*wrong);
  const auto asked = read_twice_for_aliases(options, options.names, {},
                                            [&](const std::vector<std::string>& modules) {
                                              return read_machine_for_cves(options, modules);
                                            });
  if (!asked) return std::unexpected(asked.error());
  if (const auto wrong = unknown_name(asked->facts, options, options.names))
    return std::unexpected(*wrong);
  const CvesReport report = answer_cves(asked->facts, question_of(options, asked->modules));
  const auto detail = options.names.empty() ? CvesDetail::open : CvesDetail::verdicts;
  const bool found = some_are_exploited(report);
  return Answer{
      options.format == "json" ? print_cves_json(report) : print_cves_text(report, style, detail),
      outcome_of(report.unseen, found), report.unseen};
}

}  // namespace

std::unique_ptr<Command> cves_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
