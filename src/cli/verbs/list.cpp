// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/inventory.hpp"
#include "analyze/modules/module_files.hpp"
#include "app/machine.hpp"
#include "cli/verb.hpp"
#include "report/inventory_report.hpp"

namespace kmodsec {
namespace {

struct ListOptions : Options {
  bool verify = true;
  bool unused = false;
  bool tainted = false;
  bool unsigned_ = false;
  bool on_disk = false;
};

void declare(OptionSet& set, ListOptions& options) {
  set.flag("!--no-verify", options.verify,
           "Show signatures without verifying them, which is faster");
  set.flag("--unused", options.unused, "Only modules that nothing uses");
  set.flag("--tainted", options.tainted, "Only modules that taint the kernel");
  set.flag("--unsigned", options.unsigned_, "Only modules without a signature");
  set.flag("--on-disk", options.on_disk, "The installed modules instead of the loaded ones");
}

Result<Answer> run(const ListOptions& options, const Style& style) {
  CollectScope scope{.files = options.on_disk ? FileScope::all : FileScope::loaded,
                     .parts = {Part::packages, Part::users}};
  if (options.verify) scope.parts |= {Part::signatures, Part::digests};
  auto facts = read_machine(options, scope);
  if (!facts) return std::unexpected(facts.error());
  if (!options.verify) leave_unverified(*facts);
  const InventoryFilter filter{.on_disk = options.on_disk,
                               .unused = options.unused,
                               .tainted = options.tainted,
                               .unsigned_ = options.unsigned_,
                               .verified = options.verify};
  const Inventory inventory = make_inventory(*facts, filter);
  return Answer{
      options.format == "json" ? print_list_json(inventory) : print_list_text(inventory, style),
      outcome_of(inventory.unseen), inventory.unseen};
}

}  // namespace

std::unique_ptr<Command> list_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
