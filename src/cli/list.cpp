// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/inventory.hpp"
#include "cli/machine.hpp"
#include "cli/verb.hpp"
#include "report/inventory_report.hpp"

namespace kmodsec {

Result<Answer> run_list(const Options& options, const Style& style) {
  const CollectScope scope{.files = options.on_disk ? FileScope::all : FileScope::loaded,
                           .signatures = options.verify,
                           .packages = true,
                           .holders = true};
  const auto facts = read_machine(options, scope);
  if (!facts) return std::unexpected(facts.error());
  const InventoryFilter filter{.on_disk = options.on_disk,
                               .unused = options.unused,
                               .tainted = options.tainted,
                               .unsigned_ = options.unsigned_};
  const Inventory inventory = make_inventory(*facts, filter);
  return Answer{
      options.format == "json" ? print_list_json(inventory) : print_list_text(inventory, style),
      outcome_of(inventory.unseen), inventory.unseen};
}

}  // namespace kmodsec
