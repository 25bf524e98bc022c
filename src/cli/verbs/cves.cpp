// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "analyze/cves/cves_report.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "cli/verb.hpp"
#include "model/host/module_name.hpp"
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

/// An alias or a file is known by the modules that it stands for once the indexes were read.
Result<Facts> read_asked(const CvesOptions& options, std::vector<std::string>& modules) {
  for (const std::string& name : options.names) modules.push_back(normalized_module_name(name));
  const std::vector<std::string> as_written = modules;
  auto facts = read_machine_for_cves(options, modules);
  if (!facts) return facts;
  auto named = modules_named(*facts, options, options.names);
  if (!named) return std::unexpected(named.error());
  modules = std::move(*named);
  return modules == as_written ? std::move(facts) : read_machine_for_cves(options, modules);
}

Result<Answer> run(const CvesOptions& options, const Style& style) {
  if (const auto wrong = wrong_choice(options)) return std::unexpected(*wrong);
  std::vector<std::string> modules;
  const auto facts = read_asked(options, modules);
  if (!facts) return std::unexpected(facts.error());
  if (const auto wrong = misspelt_name(*facts, options.names, modules))
    return std::unexpected(*wrong);
  const CvesReport report = answer_cves(*facts, question_of(options, std::move(modules)));
  const auto detail = options.names.empty() ? CvesDetail::open : CvesDetail::verdicts;
  const bool found = some_are_exploited(report);
  return Answer{
      options.format == "json" ? print_cves_json(report) : print_cves_text(report, style, detail),
      outcome_of(report.unseen, found), report.unseen};
}

}  // namespace

std::unique_ptr<Command> cves_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
