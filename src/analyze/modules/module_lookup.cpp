// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_lookup.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>

#include "analyze/derive.hpp"
#include "analyze/modules/pattern.hpp"
#include "analyze/signatures/trust.hpp"
#include "analyze/signatures/trust_gaps.hpp"
#include "base/text.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

void find_loaded(const Facts& facts, ModuleDetails& details) {
  const Derived derived = derive(facts);
  const auto found = std::ranges::find_if(derived.modules, [&](const LoadedWithFile& module) {
    return module.loaded->name == details.name;
  });
  if (found == derived.modules.end()) return;
  details.loaded = found->loaded;
  details.file = found->file;
  details.signature = found->signature;
  details.identity = found->identity;
  details.users = found->users;
  details.unused = found->unused;
}

void find_in_tree(const Facts& facts, const ModuleTree& tree, ModuleDetails& details) {
  if (details.file == nullptr && tree.files) {
    const auto file = std::ranges::find(*tree.files, details.name, &ModuleFile::name);
    if (file != tree.files->end()) {
      details.file = &*file;
      details.signature = Trust(facts, &tree).judge(*file);
    }
  }
  if (details.builtin == nullptr && tree.builtin) {
    const auto builtin = std::ranges::find(*tree.builtin, details.name, &BuiltinModule::name);
    if (builtin != tree.builtin->end()) details.builtin = &*builtin;
  }
}

void find_options(const Facts& facts, ModuleDetails& details) {
  if (!facts.load) return;
  for (const ConfigLine& line : facts.load->lines) {
    if (line.directive != Directive::options || line.name != details.name) continue;
    details.options.push_back(line);
    details.options.back().argument = trim(line.argument);
  }
}

}  // namespace

const ModuleTree* tree_of(const Facts& facts, const ModuleFile& file) {
  const std::string_view vermagic =
      file.content ? info_value(file.content->info, "vermagic") : std::string_view{};
  const std::string_view release = vermagic.substr(0, vermagic.find(' '));
  const auto below = [&](const ModuleTree& tree) {
    return file.path.starts_with(tree.folder + "/") || tree.release == release;
  };
  const auto tree = std::ranges::find_if(facts.trees, below);
  if (tree != facts.trees.end()) return &*tree;
  return facts.trees.empty() ? nullptr : &facts.trees.front();
}

std::optional<ModuleDetails> find_module(const Facts& facts, const std::string& name) {
  ModuleDetails details;
  details.name = name;
  find_loaded(facts, details);
  for (const ModuleTree& tree : std::views::reverse(facts.trees))
    find_in_tree(facts, tree, details);
  if (details.loaded == nullptr && details.file == nullptr && details.builtin == nullptr)
    return std::nullopt;
  find_options(facts, details);
  return details;
}

std::optional<ModuleDetails> find_module_file(const Facts& facts, const std::string& path) {
  ModuleDetails details;
  const auto find_in = [&](const std::vector<ModuleFile>& files) {
    const auto file = std::ranges::find(files, path, &ModuleFile::path);
    if (file != files.end()) details.file = &*file;
  };
  find_in(facts.files);
  for (const ModuleTree& tree : facts.trees) {
    if (details.file == nullptr && tree.files) find_in(*tree.files);
  }
  if (details.file == nullptr) return std::nullopt;
  details.name = details.file->name;
  details.signature = Trust(facts, tree_of(facts, *details.file)).judge(*details.file);
  return details;
}

std::vector<Unseen> unseen_of_modules(const Facts& facts) {
  std::vector<Unseen> unseen;
  const auto note = [&](const auto& fact) {
    if (!fact) unseen.push_back({fact.error().subject, fact.error().reason});
  };
  if (facts.live && facts.kernel.modules_supported.value_or(true))
    note_unseen_loaded(facts, unseen);
  note(facts.load);
  for (const ModuleTree& tree : facts.trees)
    std::ranges::copy(tree.unseen, std::back_inserter(unseen));
  if (facts.trust) std::ranges::move(gaps_of_trust(*facts.trust), std::back_inserter(unseen));
  return unseen;
}

std::vector<std::string> modules_for_alias(const Facts& facts, const std::string& request) {
  std::vector<std::string> modules;
  const std::string key = normalized_pattern(request).value_or(request);
  for (const ModuleTree& tree : facts.trees) {
    if (!aliases_in_use(tree)) continue;
    for (const AliasEntry& alias : *aliases_in_use(tree)) {
      const bool fits =
          matches_pattern(alias.pattern, request) || matches_pattern(alias.pattern, key);
      if (fits && std::ranges::find(modules, alias.module) == modules.end())
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
    if (index_in_use(tree)) {
      for (const IndexEntry& entry : *index_in_use(tree)) names.insert(entry.name);
    }
    if (tree.builtin) {
      for (const BuiltinModule& builtin : *tree.builtin) names.insert(builtin.name);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace kmodsec
