// SPDX-License-Identifier: GPL-2.0-or-later
#include <optional>
#include <string>

#include "analyze/inventory.hpp"
#include "base/text.hpp"
#include "cli/machine.hpp"
#include "cli/verb.hpp"
#include "format/module_name.hpp"
#include "report/inventory_report.hpp"

namespace kmodsec {
namespace {

CollectScope scope_for(const std::string& module) {
  return {.files = FileScope::named,
          .names = {module},
          .digests = true,
          .packages = true,
          .parameters = true,
          .holders = true,
          .options = true};
}

Answer answer(const ModuleDetails& details, const Options& options, const Style& style) {
  return {options.format == "json" ? print_show_json(details) : print_show_text(details, style),
          outcome_of(details.unseen), details.unseen};
}

Error no_such_module(const Facts& facts, const std::string& asked) {
  const auto hint = nearest(normalized_module_name(asked), known_modules(facts));
  std::string reason = "no module of that name is loaded, on disk or built in";
  if (facts.live && !facts.kernel.modules_supported.value_or(true))
    reason += "; this kernel has no loadable modules";
  return {ErrorKind::usage, asked, reason + (hint ? "; did you mean " + *hint + "?" : "")};
}

}  // namespace

/// Small questions stay fast: the indexes of the tree are read only for a name that no file bears.
Result<Answer> run_show(const Options& options, const Style& style) {
  const std::string& asked = options.names.front();
  CollectScope scope = scope_for(normalized_module_name(asked));
  auto facts = read_machine(options, scope);
  if (!facts) return std::unexpected(facts.error());
  if (const auto details = find_module(*facts, scope.names.front()))
    return answer(*details, options, style);

  scope.indexes = true;
  facts = read_machine(options, scope);
  if (!facts) return std::unexpected(facts.error());
  if (const auto details = find_module(*facts, scope.names.front()))
    return answer(*details, options, style);
  const std::vector<std::string> aliased = modules_for_alias(*facts, asked);
  if (aliased.empty()) return std::unexpected(no_such_module(*facts, asked));

  scope = scope_for(aliased.front());
  facts = read_machine(options, scope);
  if (!facts) return std::unexpected(facts.error());
  const auto details = find_module(*facts, aliased.front());
  if (!details) return std::unexpected(no_such_module(*facts, asked));
  return answer(*details, options, style);
}

}  // namespace kmodsec
