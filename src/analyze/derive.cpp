// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/derive.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "analyze/modules/identity.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/signatures/trust.hpp"

namespace kmodsec {
namespace {

std::map<std::string_view, std::vector<ModuleUser>> users_by_module(const Facts& facts) {
  std::map<std::string_view, std::vector<ModuleUser>> users;
  if (!facts.users) return users;
  for (const ModuleUser& user : *facts.users) users[user.module].push_back(user);
  return users;
}

}  // namespace

const ModuleTree* running_tree(const Facts& facts) {
  if (!facts.live || !facts.kernel.release) return nullptr;
  const auto tree = std::ranges::find(facts.trees, *facts.kernel.release, &ModuleTree::release);
  return tree == facts.trees.end() ? nullptr : &*tree;
}

Derived derive(const Facts& facts) {
  Derived derived;
  derived.running_tree = running_tree(facts);
  if (!facts.live || !facts.loaded) return derived;

  const Trust trust(facts, derived.running_tree);
  const ModuleFiles files(derived.running_tree);
  std::map<std::string_view, std::vector<ModuleUser>> users = users_by_module(facts);
  for (const LoadedModule& module : *facts.loaded) {
    const ModuleFile* file = files.of_loaded(module.name);
    LoadedWithFile joined{.loaded = &module,
                          .file = file,
                          .file_state = files.state_of_loadable(module.name, file),
                          .use = use_of_loaded(facts, module, file, users[module.name]),
                          .signature = {},
                          .identity = {}};
    joined.signature = signature_of(trust, file, joined.file_state);
    joined.identity = compare_with_file(joined, facts, derived.running_tree);
    derived.modules.push_back(std::move(joined));
  }
  return derived;
}

}  // namespace kmodsec
