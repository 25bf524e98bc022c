// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "analyze/doors_report.hpp"
#include "base/module_name.hpp"
#include "cli/machine.hpp"
#include "cli/verb.hpp"
#include "report/doors_report.hpp"

namespace kmodsec {
namespace {

std::optional<Error> wrong_choice(const Options& options) {
  const bool named =
      !options.names.empty() || !options.aliases.empty() || !options.profiles.empty();
  if (named && options.open)
    return Error{ErrorKind::usage, "doors", "--open and modules by name exclude each other"};
  if (!named && !options.open)
    return Error{ErrorKind::usage, "doors", "name modules, or say --alias, --profile or --open"};
  return std::nullopt;
}

/// Signatures decide only where the kernel insists on them: they are read then, not before.
Result<Facts> read_facts(const Options& options, const std::vector<std::string>& modules) {
  CollectScope scope{.indexes = true, .posture = true, .load_config = true};
  auto facts = read_machine(options, scope);
  if (!facts || modules.empty()) return facts;
  const bool insists = facts->kernel.sig_enforce.value_or(false) ||
                       facts->kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
  if (!insists) return facts;
  scope.files = FileScope::named;
  scope.names = modules;
  scope.signatures = true;
  return read_machine(options, scope);
}

DoorsDetail detail_of(const Options& options) {
  if (options.open) return DoorsDetail::names;
  return options.profiles.empty() ? DoorsDetail::doors : DoorsDetail::verdict;
}

bool some_are_open(const DoorsReport& report) {
  return std::ranges::any_of(report.modules,
                             [](const ModuleDoors& module) { return !module.denied; });
}

}  // namespace

Result<Answer> run_doors(const Options& options, const Style& style) {
  if (const auto wrong = wrong_choice(options)) return std::unexpected(*wrong);
  DoorsQuestion question{.requests = options.aliases, .all_open = options.open};
  for (const std::string& name : options.names)
    question.modules.push_back(normalized_module_name(name));
  const auto facts = read_facts(options, question.modules);
  if (!facts) return std::unexpected(facts.error());
  const DoorsReport report = answer_doors(*facts, question);
  const bool found = !options.open && some_are_open(report) && options.fail_on <= Severity::medium;
  return Answer{options.format == "json" ? print_doors_json(report)
                                         : print_doors_text(report, style, detail_of(options)),
                found ? Outcome::findings : outcome_of(report.unseen), report.unseen};
}

}  // namespace kmodsec
