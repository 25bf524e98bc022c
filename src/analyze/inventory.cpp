// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/inventory.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "analyze/derive.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/modules/unknown_answers.hpp"
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

/// Nothing that was read says whether it has a signature.
bool may_be_unsigned(const ModuleRow& row) {
  return !is_unsigned(row) && (row.file == nullptr || !row.file->signature);
}

bool is_wanted(const ModuleRow& row, const InventoryFilter& filter) {
  if (filter.unused && !row.use.unused.value_or(false)) return false;
  if (filter.tainted && (row.loaded == nullptr || row.loaded->taint.empty())) return false;
  return !filter.unsigned_ || is_unsigned(row);
}

ModuleRow row_of(const LoadedWithFile& module, std::string name) {
  return {std::move(name),  module.loaded, module.file, module.file_state,
          module.signature, module.use,    {}};
}

std::vector<ModuleRow> loaded_rows(const Derived& derived) {
  std::vector<ModuleRow> rows;
  for (const LoadedWithFile& module : derived.modules)
    rows.push_back(row_of(module, module.loaded->name));
  return rows;
}

using ByFile = std::unordered_map<const ModuleFile*, const LoadedWithFile*>;

void add_disk_rows(const Facts& facts, const ModuleTree& tree, const ByFile& loaded,
                   std::vector<ModuleRow>& rows) {
  const Trust trust(facts, &tree);
  const ModuleUse not_loaded = use_of_other(facts, tree);
  for (const ModuleFile& file : *tree.files) {
    const auto found = loaded.find(&file);
    if (found != loaded.end()) {
      rows.push_back(row_of(*found->second, file.name));
    } else {
      const ModuleFileState state = state_of_file(file);
      rows.push_back(
          {file.name, nullptr, &file, state, signature_of(trust, &file, state), not_loaded, {}});
    }
    rows.back().kernel = tree.release;
  }
}

std::vector<ModuleRow> disk_rows(const Facts& facts, const Derived& derived) {
  ByFile loaded;
  for (const LoadedWithFile& module : derived.modules) loaded.try_emplace(module.file, &module);
  std::vector<ModuleRow> rows;
  for (const ModuleTree& tree : facts.trees) {
    if (tree.files) add_disk_rows(facts, tree, loaded, rows);
  }
  return rows;
}

std::vector<Unseen> unseen_inventory(const Facts& facts, const InventoryFilter& filter) {
  std::vector<Unseen> unseen;
  if (lacks_module_support(facts)) return unseen;
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

/// A kernel that cannot unload counts no users.
void add_use(const ModuleRow& row, UnknownAnswers& unknown) {
  const bool counts = row.loaded != nullptr && row.loaded->refcount;
  if (!row.use.unused && counts) unknown.add("use", row.name, row.use.why_unknown);
}

void add_signature(const ModuleRow& row, UnknownAnswers& unknown) {
  if (row.signature.status == SignatureStatus::unknown)
    unknown.add("signature", row.name, row.signature.reason);
}

}  // namespace

Inventory make_inventory(const Facts& facts, const InventoryFilter& filter) {
  const Derived derived = derive(facts);
  Inventory inventory{.facts = &facts,
                      .rows = filter.on_disk ? disk_rows(facts, derived) : loaded_rows(derived),
                      .looked_at = 0,
                      .unseen = unseen_inventory(facts, filter)};
  inventory.looked_at = inventory.rows.size();
  note_unread(inventory.rows, inventory.unseen);
  UnknownAnswers unknown;
  for (const ModuleRow& row : inventory.rows) {
    if (filter.unused && !filter.on_disk) add_use(row, unknown);
    if (filter.unsigned_ && may_be_unsigned(row)) add_signature(row, unknown);
  }
  std::erase_if(inventory.rows, [&](const ModuleRow& row) { return !is_wanted(row, filter); });
  for (const ModuleRow& row : inventory.rows) {
    add_use(row, unknown);
    if (filter.verified) add_signature(row, unknown);
  }
  unknown.note(inventory.unseen);
  std::ranges::stable_sort(inventory.rows, {}, &ModuleRow::name);
  sort_unique(inventory.unseen);
  return inventory;
}

}  // namespace kmodsec
