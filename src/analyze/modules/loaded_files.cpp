// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/loaded_files.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

using Names = std::unordered_set<std::string_view>;
using Paths = std::unordered_map<std::string_view, std::string>;

/// Where modprobe finds those modules.
Paths indexed_paths(const ModuleTree& tree, const Names& names) {
  const auto& index = index_in_use(tree);
  Paths paths;
  if (!index) return paths;
  for (const IndexEntry& entry : *index) {
    if (names.contains(entry.name)) paths.try_emplace(entry.name, path_of(tree, entry.path));
  }
  return paths;
}

/// As it is collected where the folder has no module file at all.
void add_left_out(ModuleTree& tree, const Paths& indexed) {
  std::unordered_set<std::string> kept;
  for (const ModuleFile& file : *tree.files) kept.insert(file.path);
  for (const auto& [name, path] : indexed) {
    if (kept.contains(path)) continue;
    ModuleFile& file = tree.files->emplace_back();
    file.name = name;
    file.path = path;
    const Error doubt{ErrorKind::io, path, left_out_of_capture};
    file.content = std::unexpected(doubt);
    file.signature = std::unexpected(doubt);
  }
}

void keep_files(ModuleTree& tree, const Names& wanted) {
  const Paths indexed = indexed_paths(tree, wanted);
  std::erase_if(*tree.files, [&](const ModuleFile& file) {
    const auto path = indexed.find(file.name);
    return path == indexed.end() ? !wanted.contains(file.name) : path->second != file.path;
  });
  tree.complete = false;
  const bool searched_folders =
      std::ranges::any_of(wanted, [&](std::string_view name) { return !indexed.contains(name); });
  if (tree.files_left_out) add_left_out(tree, indexed);
  if (!searched_folders) tree.unseen.clear();
}

void keep_files(Facts& facts, const Names& wanted) {
  for (ModuleTree& tree : facts.trees) {
    if (tree.files) keep_files(tree, wanted);
  }
}

}  // namespace

void keep_files_of_loaded(Facts& facts, const std::vector<std::string>& named) {
  Names wanted(named.begin(), named.end());
  if (facts.loaded) {
    for (const LoadedModule& module : *facts.loaded) wanted.insert(module.name);
  }
  keep_files(facts, wanted);
}

void keep_files_named(Facts& facts, const std::vector<std::string>& named) {
  keep_files(facts, Names(named.begin(), named.end()));
}

}  // namespace kmodsec
