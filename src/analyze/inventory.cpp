// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/inventory.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "analyze/derive.hpp"

namespace kmodsec {
namespace {

bool is_unsigned(const ModuleRow& row) {
  if (row.file != nullptr && row.file->content)
    return row.file->content->signature.status == SignatureStatus::unsigned_;
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
    rows.push_back(
        {module.loaded->name, module.loaded, module.file, module.held_by, module.unused});
  return rows;
}

std::vector<ModuleRow> disk_rows(const Facts& facts, const Derived& derived) {
  std::vector<ModuleRow> rows;
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.files) continue;
    for (const ModuleFile& file : *tree.files) {
      ModuleRow row{file.name, nullptr, &file, {}, {}};
      const auto loaded = std::ranges::find(derived.modules, &file, &LoadedWithFile::file);
      if (loaded != derived.modules.end())
        row = {file.name, loaded->loaded, &file, loaded->held_by, loaded->unused};
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

template <class T>
void note(const Seen<T>& fact, std::vector<Unseen>& unseen) {
  if (!fact) unseen.push_back({fact.error().subject, fact.error().reason});
}

std::vector<Unseen> unseen_inventory(const Facts& facts, const InventoryFilter& filter) {
  std::vector<Unseen> unseen;
  if (!facts.kernel.modules_supported.value_or(true)) return unseen;
  if (facts.live && !filter.on_disk) note(facts.loaded, unseen);
  const bool some_loaded = facts.loaded && !facts.loaded->empty();
  for (const ModuleTree& tree : facts.trees) {
    if (some_loaded || filter.on_disk) note(tree.files, unseen);
  }
  if (filter.unused && some_loaded) note(facts.holders, unseen);
  return unseen;
}

}  // namespace

Inventory make_inventory(const Facts& facts, const InventoryFilter& filter) {
  const Derived derived = derive(facts);
  Inventory inventory{.facts = &facts,
                      .rows = filter.on_disk ? disk_rows(facts, derived) : loaded_rows(derived),
                      .unseen = unseen_inventory(facts, filter)};
  std::erase_if(inventory.rows, [&](const ModuleRow& row) { return !is_wanted(row, filter); });
  std::ranges::stable_sort(inventory.rows, {}, &ModuleRow::name);
  return inventory;
}

std::optional<ModuleDetails> find_module(const Facts& facts, const std::string& name) {
  ModuleDetails details;
  details.facts = &facts;
  details.name = name;
  const Derived derived = derive(facts);
  for (const LoadedWithFile& module : derived.modules) {
    if (module.loaded->name != name) continue;
    details.loaded = module.loaded;
    details.file = module.file;
    details.held_by = module.held_by;
    details.unused = module.unused;
  }
  for (const ModuleTree& tree : facts.trees) {
    if (details.file == nullptr && tree.files) {
      const auto file = std::ranges::find(*tree.files, name, &ModuleFile::name);
      if (file != tree.files->end()) details.file = &*file;
    }
    if (details.builtin == nullptr && tree.builtin) {
      const auto builtin = std::ranges::find(*tree.builtin, name, &BuiltinModule::name);
      if (builtin != tree.builtin->end()) details.builtin = &*builtin;
    }
  }
  if (details.loaded == nullptr && details.file == nullptr && details.builtin == nullptr)
    return std::nullopt;
  if (facts.options) {
    std::ranges::copy_if(*facts.options, std::back_inserter(details.options),
                         [&](const OptionsLine& line) { return line.module == name; });
  } else {
    details.unseen.push_back({facts.options.error().subject, facts.options.error().reason});
  }
  if (facts.live && facts.kernel.modules_supported.value_or(true))
    note(facts.loaded, details.unseen);
  return details;
}

std::vector<std::string> modules_for_alias(const Facts& facts, const std::string& request) {
  std::vector<std::string> modules;
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.aliases) continue;
    for (const AliasEntry& alias : *tree.aliases) {
      const bool matches = ::fnmatch(alias.pattern.c_str(), request.c_str(), 0) == 0;
      if (matches && std::ranges::find(modules, alias.module) == modules.end())
        modules.push_back(alias.module);
    }
  }
  return modules;
}

std::vector<std::string> known_modules(const Facts& facts) {
  std::set<std::string> names;
  if (facts.loaded) {
    for (const LoadedModule& module : *facts.loaded) names.insert(module.name);
  }
  for (const ModuleTree& tree : facts.trees) {
    if (tree.index) {
      for (const IndexEntry& entry : *tree.index) names.insert(entry.name);
    }
    if (tree.builtin) {
      for (const BuiltinModule& builtin : *tree.builtin) names.insert(builtin.name);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace kmodsec
