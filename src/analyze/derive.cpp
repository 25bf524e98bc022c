// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/derive.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "analyze/modules/identity.hpp"
#include "analyze/signatures/trust.hpp"

namespace kmodsec {
namespace {

/// The name a file's module has when loaded; the file's own name only where that is unknown.
std::string_view loaded_name(const ModuleFile& file) {
  return file.content && !file.content->own_name.empty() ? file.content->own_name : file.name;
}

const ModuleTree* running_tree(const Facts& facts) {
  if (!facts.live || !facts.kernel.release) return nullptr;
  const auto tree = std::ranges::find(facts.trees, *facts.kernel.release, &ModuleTree::release);
  return tree == facts.trees.end() ? nullptr : &*tree;
}

std::map<std::string_view, const ModuleFile*> files_by_name(const ModuleTree* tree) {
  std::map<std::string_view, const ModuleFile*> files;
  if (tree == nullptr || !tree->files) return files;
  for (const ModuleFile& file : *tree->files) files.try_emplace(loaded_name(file), &file);
  return files;
}

std::map<std::string_view, std::vector<ModuleUser>> users_by_module(const Facts& facts) {
  std::map<std::string_view, std::vector<ModuleUser>> users;
  if (!facts.users) return users;
  for (const ModuleUser& user : *facts.users) users[user.module].push_back(user);
  return users;
}

/// Unused only when nothing we know of holds it and everything that could was looked at.
/// The file is among it: what is in use bears one of its aliases, not the module's name.
std::optional<bool> is_unused(const LoadedWithFile& joined, const Facts& facts) {
  const LoadedModule& module = *joined.loaded;
  const bool held = !joined.users.empty();
  if (module.refcount.value_or(0) > 0 || !module.used_by.empty() || module.permanent || held)
    return false;
  const bool has_aliases = joined.file != nullptr && joined.file->content;
  if (!module.refcount || !facts.users || !has_aliases) return std::nullopt;
  return true;
}

}  // namespace

Derived derive(const Facts& facts) {
  Derived derived;
  derived.running_tree = running_tree(facts);
  if (!facts.loaded) return derived;

  const Trust trust(facts, derived.running_tree);
  const auto files = files_by_name(derived.running_tree);
  const auto users = users_by_module(facts);
  for (const LoadedModule& module : *facts.loaded) {
    LoadedWithFile joined{.loaded = &module,
                          .file = nullptr,
                          .users = {},
                          .signature = {},
                          .identity = {},
                          .unused = {}};
    if (const auto file = files.find(module.name); file != files.end()) {
      joined.file = file->second;
      joined.signature = trust.judge(*joined.file);
    }
    if (const auto held = users.find(module.name); held != users.end()) joined.users = held->second;
    joined.identity = compare_with_file(joined, facts, derived.running_tree);
    joined.unused = is_unused(joined, facts);
    derived.modules.push_back(std::move(joined));
  }
  return derived;
}

}  // namespace kmodsec
