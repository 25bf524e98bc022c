// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_lookup.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>

#include "analyze/derive.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/modules/pattern.hpp"
#include "analyze/signatures/trust.hpp"
#include "analyze/signatures/trust_gaps.hpp"
#include "base/text.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

void take(const LoadedWithFile& found, ModuleDetails& details) {
  details.loaded = found.loaded;
  details.file = found.file;
  details.file_state = found.file_state;
  details.signature = found.signature;
  details.identity = found.identity;
  details.use = found.use;
}

void find_loaded(const Derived& derived, ModuleDetails& details) {
  const auto found = std::ranges::find_if(derived.modules, [&](const LoadedWithFile& module) {
    return module.loaded->name == details.name;
  });
  if (found == derived.modules.end()) return;
  take(*found, details);
  if (derived.running_tree != nullptr) details.kernel = derived.running_tree->release;
}

/// Of what is loaded, the file that it was made from was looked for already.
void find_file(const Facts& facts, const Derived& derived, const ModuleTree& tree,
               ModuleDetails& details) {
  if (details.loaded != nullptr || details.file != nullptr || !tree.files) return;
  const auto file = std::ranges::find(*tree.files, details.name, &ModuleFile::name);
  if (file == tree.files->end()) return;
  details.kernel = tree.release;
  const auto loaded = std::ranges::find(derived.modules, &*file, &LoadedWithFile::file);
  if (loaded != derived.modules.end()) return take(*loaded, details);
  details.file = &*file;
  details.file_state = state_of_file(*file);
  details.signature = signature_of(Trust(facts, &tree), &*file, details.file_state);
  details.use = use_of_other(facts, tree);
}

void find_builtin(const Facts& facts, const ModuleTree& tree, ModuleDetails& details) {
  if (details.builtin != nullptr || !tree.builtin) return;
  const auto builtin = std::ranges::find(*tree.builtin, details.name, &BuiltinModule::name);
  if (builtin == tree.builtin->end()) return;
  details.builtin = &*builtin;
  if (details.loaded != nullptr || details.file != nullptr) return;
  details.kernel = tree.release;
  details.file_state = ModuleFiles(&tree).state_of(details.name, nullptr);
  details.signature = signature_of(Trust(facts, &tree), nullptr, details.file_state);
  details.use.why_unknown = "nothing tells who uses what is built in";
}

/// Of what neither lies in a folder nor is built in, although the index has it: its file is gone,
/// or was left out of a capture.
void find_indexed(const Facts& facts, const ModuleTree& tree, ModuleDetails& details) {
  const bool is_found =
      details.loaded != nullptr || details.file != nullptr || details.builtin != nullptr;
  if (is_found || !details.kernel.empty() || !tree.files) return;
  const ModuleFileState state = ModuleFiles(&tree).state_of(details.name, nullptr);
  const bool is_left_out = tree.files_left_out && state.status == FilePresence::unknown;
  if (state.status != FilePresence::gone && !is_left_out) return;
  details.kernel = tree.release;
  details.file_state = state;
  details.signature = signature_of(Trust(facts, &tree), nullptr, state);
  details.use = use_of_other(facts, tree);
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
  return find_module(facts, derive(facts), name);
}

std::optional<ModuleDetails> find_module(const Facts& facts, const Derived& derived,
                                         const std::string& name) {
  ModuleDetails details;
  details.name = name;
  find_loaded(derived, details);
  for (const ModuleTree& tree : std::views::reverse(facts.trees)) {
    find_file(facts, derived, tree, details);
    find_builtin(facts, tree, details);
  }
  for (const ModuleTree& tree : std::views::reverse(facts.trees))
    find_indexed(facts, tree, details);
  const bool is_found =
      details.loaded != nullptr || details.file != nullptr || details.builtin != nullptr;
  if (!is_found && details.kernel.empty()) return std::nullopt;
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
  details.is_named_by_path = true;
  const ModuleTree* tree = tree_of(facts, *details.file);
  if (tree != nullptr) details.kernel = tree->release;
  details.file_state = state_of_file(*details.file);
  details.signature = signature_of(Trust(facts, tree), details.file, details.file_state);
  details.use.why_unknown = "it is the file that was asked about, not what is loaded";
  return details;
}

std::vector<Unseen> unseen_of_modules(const Facts& facts) {
  std::vector<Unseen> unseen;
  const auto note = [&](const auto& fact) {
    if (!fact) unseen.push_back({fact.error().subject, fact.error().reason});
  };
  if (facts.live && !lacks_module_support(facts)) note_unseen_loaded(facts, unseen);
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

bool has_file_of(const Facts& facts, std::string_view name) {
  return std::ranges::any_of(facts.trees, [&](const ModuleTree& tree) {
    return tree.files &&
           std::ranges::find(*tree.files, name, &ModuleFile::name) != tree.files->end();
  });
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
