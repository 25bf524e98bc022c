// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/inventory.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analyze/derive.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/signatures/trust.hpp"
#include "analyze/signatures/trust_gaps.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

bool is_unsigned(const ModuleRow& row) {
  if (row.file != nullptr && row.file->signature)
    return row.file->signature->form == SignatureForm::absent;
  return row.loaded != nullptr && row.loaded->taint.find('E') != std::string::npos;
}

bool is_wanted(const ModuleRow& row, const InventoryFilter& filter) {
  if (filter.unused && !row.unused.value_or(false)) return false;
  if (filter.tainted && (row.loaded == nullptr || row.loaded->taint.empty())) return false;
  return !filter.unsigned_ || is_unsigned(row);
}

std::vector<ModuleRow> loaded_rows(const Derived& derived) {
  std::vector<ModuleRow> rows;
  for (const LoadedWithFile& module : derived.modules)
    rows.push_back({module.loaded->name, module.loaded, module.file, module.signature, module.users,
                    module.unused});
  return rows;
}

std::vector<ModuleRow> disk_rows(const Facts& facts, const Derived& derived) {
  std::vector<ModuleRow> rows;
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.files) continue;
    const Trust trust(facts, &tree);
    for (const ModuleFile& file : *tree.files) {
      ModuleRow row{file.name, nullptr, &file, trust.judge(file), {}, {}};
      const auto loaded = std::ranges::find(derived.modules, &file, &LoadedWithFile::file);
      if (loaded != derived.modules.end())
        row = {file.name, loaded->loaded, &file, loaded->signature, loaded->users, loaded->unused};
      row.kernel = tree.release;
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::vector<Unseen> unseen_inventory(const Facts& facts, const InventoryFilter& filter) {
  std::vector<Unseen> unseen;
  if (!facts.kernel.modules_supported.value_or(true)) return unseen;
  if (!filter.on_disk && !is_of_no_kernel(facts)) note_unseen_loaded(facts, unseen);
  if (facts.trees.empty() && filter.on_disk) note_unseen(facts.installed, unseen);
  const bool some_loaded = facts.loaded && !facts.loaded->empty();
  for (const ModuleTree& tree : facts.trees) {
    if (!some_loaded && !filter.on_disk) continue;
    note_unseen(tree.files, unseen);
    std::ranges::copy(tree.unseen, std::back_inserter(unseen));
  }
  if (filter.unused && some_loaded) note_unseen(facts.users, unseen);
  if (!facts.trust) return unseen;
  std::ranges::move(filter.on_disk ? facts.trust->unseen : gaps_of_trust(*facts.trust),
                    std::back_inserter(unseen));
  for (const ModuleTree& tree : facts.trees) {
    if (some_loaded || filter.on_disk) note_unseen(tree.image, unseen);
  }
  return unseen;
}

/// A file that was read and is damaged is another matter: that is shown.
void note_unread(const std::vector<ModuleRow>& rows, std::vector<Unseen>& unseen) {
  for (const ModuleRow& row : rows) {
    if (row.file == nullptr || row.file->content) continue;
    const Error& error = row.file->content.error();
    if (error.kind != ErrorKind::malformed) unseen.push_back({row.file->path, error.reason});
  }
}

/// Why nobody knows whether a module is in use, though nothing that was seen uses it.
std::string why_undecided(const Facts& facts) {
  if (!facts.users) return "what the kernel and its devices use was not seen";
  return "its file was not read, which has the names it is used by";
}

/// Modules that may be unused. A kernel that cannot unload counts no users.
void note_undecided(const Derived& derived, const Facts& facts, std::vector<Unseen>& unseen) {
  for (const LoadedWithFile& module : derived.modules) {
    if (!module.unused && module.loaded->refcount)
      unseen.push_back({"use of " + module.loaded->name, why_undecided(facts)});
  }
}

}  // namespace

Inventory make_inventory(const Facts& facts, const InventoryFilter& filter) {
  const Derived derived = derive(facts);
  Inventory inventory{.facts = &facts,
                      .rows = filter.on_disk ? disk_rows(facts, derived) : loaded_rows(derived),
                      .unseen = unseen_inventory(facts, filter)};
  note_unread(inventory.rows, inventory.unseen);
  if (filter.unused && !filter.on_disk) note_undecided(derived, facts, inventory.unseen);
  std::erase_if(inventory.rows, [&](const ModuleRow& row) { return !is_wanted(row, filter); });
  std::ranges::stable_sort(inventory.rows, {}, &ModuleRow::name);
  sort_unique(inventory.unseen);
  return inventory;
}

}  // namespace kmodsec
