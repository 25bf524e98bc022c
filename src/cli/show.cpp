// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "analyze/module_lookup.hpp"
#include "cli/named_modules.hpp"
#include "cli/verb.hpp"
#include "report/inventory_report.hpp"

namespace kmodsec {

Result<Answer> run_show(const Options& options, const Style& style) {
  const CollectScope scope{.digests = options.verify,
                           .signatures = options.verify,
                           .packages = true,
                           .parameters = true,
                           .identity = options.verify,
                           .holders = true,
                           .load_config = true};
  const auto facts = read_named_modules(options, scope);
  if (!facts) return std::unexpected(facts.error());
  auto modules = find_named_modules(*facts, options);
  if (!modules) return std::unexpected(modules.error());
  const ModuleSelection selection{&*facts, std::move(*modules), unseen_of_modules(*facts)};
  return Answer{
      options.format == "json" ? print_show_json(selection) : print_show_text(selection, style),
      outcome_of(selection.unseen), selection.unseen};
}

}  // namespace kmodsec
