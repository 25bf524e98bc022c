// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/keep_tree.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "analyze/host/owned_paths.hpp"
#include "analyze/loading/install_command.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t work_of_step = 16;

bool leads_on(const ConfigLine& line) {
  const bool is_leading =
      line.directive == Directive::alias || line.directive == Directive::install ||
      line.directive == Directive::softdep || line.directive == Directive::weakdep;
  return is_leading && line.source != deny_file_path;
}

bool is_before(const KeepTree::Alias& one, const KeepTree::Alias& other) {
  return std::tie(one.module, one.pattern) < std::tie(other.module, other.pattern);
}

void sort_unique(std::vector<KeepTree::Alias>& aliases,
                 bool (*before)(const KeepTree::Alias&, const KeepTree::Alias&)) {
  std::ranges::sort(aliases, before);
  const auto rest = std::ranges::unique(aliases);
  aliases.erase(rest.begin(), rest.end());
}

std::vector<KeepTree::Alias> normalized_aliases(const ModuleTree& tree) {
  std::vector<KeepTree::Alias> aliases;
  if (!aliases_in_use(tree)) return aliases;
  for (const AliasEntry& entry : *aliases_in_use(tree)) {
    if (auto pattern = normalized_pattern(entry.pattern))
      aliases.push_back({std::move(*pattern), normalized_module_name(entry.module)});
  }
  return aliases;
}

/// A line that closes a name would hide the aliases behind it.
LoadConfig without_installs(LoadConfig config) {
  const auto is_install = [](const ConfigLine& line) {
    return line.directive == Directive::install;
  };
  std::erase_if(config.lines, is_install);
  std::erase_if(config.busybox_lines, is_install);
  return config;
}

}  // namespace

LoadConfig leading_lines(const LoadConfig& config) {
  LoadConfig leading = config;
  std::erase_if(leading.lines, [](const ConfigLine& line) { return !leads_on(line); });
  std::erase_if(leading.busybox_lines, [](const ConfigLine& line) { return !leads_on(line); });
  return leading;
}

KeepTree::KeepTree(const LoadConfig& config, const ModuleTree& tree)
    : tree_(tree), model_(without_installs(config), tree), work_("install lines") {
  for (const ConfigLine& line : config.lines) {
    if (line.directive == Directive::install) installs_.add(line);
  }
  const auto add = [this](const ConfigLine& line) {
    if (line.directive != Directive::weakdep) return;
    for (const std::string_view name : split_words(line.argument))
      weakdeps_[line.name].emplace_back(name);
  };
  if (tree.weakdeps) std::ranges::for_each(*tree.weakdeps, add);
  std::ranges::for_each(config.lines, add);
}

const KeepTree::SortedAliases& KeepTree::sorted_aliases() const {
  if (sorted_) return *sorted_;
  SortedAliases sorted{.by_module = normalized_aliases(tree_), .by_pattern = {}};
  sorted.by_pattern = sorted.by_module;
  sort_unique(sorted.by_module, is_before);
  sort_unique(sorted.by_pattern, [](const Alias& one, const Alias& other) { return one < other; });
  return sorted_.emplace(std::move(sorted));
}

std::span<const IndexEntry> KeepTree::modules() const {
  const auto& index = index_in_use(tree_);
  return index ? std::span<const IndexEntry>(*index) : std::span<const IndexEntry>();
}

bool KeepTree::has_alias(const std::string& pattern, const std::string& module) const {
  return std::ranges::binary_search(sorted_aliases().by_pattern, Alias{pattern, module});
}

std::vector<std::string> KeepTree::modules_of(const std::string& request) const {
  std::vector<std::string> modules;
  std::vector<std::string> pending{request};
  std::set<std::string> known{request};
  while (!pending.empty()) {
    const std::string one = std::move(pending.back());
    pending.pop_back();
    add_modules_of(one, modules);
    const std::string name = normalized_module_name(one);
    if (has_module(name)) continue;
    for (std::string& other : run_instead_of(name)) {
      if (known.insert(other).second) pending.push_back(std::move(other));
    }
  }
  return modules;
}

void KeepTree::add_modules_of(const std::string& request, std::vector<std::string>& modules) const {
  const std::string name = normalized_module_name(request);
  if (has_module(name)) modules.push_back(name);
  for (const Candidate& candidate : model_.look_up(request)) {
    if (candidate.module != name && has_module(candidate.module))
      modules.push_back(candidate.module);
  }
}

std::vector<std::string> KeepTree::run_instead_of(const std::string& name) const {
  const ConfigLine* line = installs_.first_for(name, work_);
  if (line == nullptr) return {};
  work_.spend(line->argument.size());
  return requests_of_command(line->argument);
}

std::vector<KeepTree::Need> KeepTree::needs_of(const std::string& module) const {
  std::vector<Need> needs;
  const IndexEntry* entry = model_.find(module);
  if (entry == nullptr) return needs;
  for (const std::string& name : entry->depends) {
    if (has_module(name)) needs.push_back({name, NeedKind::symbols});
  }
  const auto add = [&](const std::vector<std::string>& requests, NeedKind kind) {
    for (const std::string& request : requests) {
      for (std::string& name : modules_of(request)) needs.push_back({std::move(name), kind});
    }
  };
  add(softdeps_of(module), NeedKind::softdep);
  add(run_instead_of(module), NeedKind::install);
  return needs;
}

bool KeepTree::knows(const std::string& request) const {
  const std::string name = normalized_module_name(request);
  return has_module(name) || model_.is_builtin(name) || !model_.look_up(request).empty();
}

std::span<const KeepTree::Alias> KeepTree::aliases_of(const std::string& module) const {
  return std::ranges::equal_range(sorted_aliases().by_module, module, {}, &Alias::module);
}

std::span<const KeepTree::Alias> KeepTree::answering(const std::string& pattern) const {
  return std::ranges::equal_range(sorted_aliases().by_pattern, pattern, {}, &Alias::pattern);
}

std::vector<std::string> KeepTree::softdeps_of(const std::string& module) const {
  const ConfigLine* line = model_.softdep_line(module);
  if (line == nullptr) return {};
  std::vector<std::string> names = line->pre;
  names.insert(names.end(), line->post.begin(), line->post.end());
  return names;
}

std::vector<std::string> KeepTree::weakdeps_of(const std::string& module) const {
  const auto found = weakdeps_.find(module);
  return found == weakdeps_.end() ? std::vector<std::string>{} : found->second;
}

KeepTrees keep_trees(const LoadConfig& leading, const Facts& facts) {
  KeepTrees trees;
  for (const ModuleTree& tree : facts.trees)
    trees.push_back(std::make_unique<KeepTree>(leading, tree));
  return trees;
}

void follow_needs(
    const KeepTrees& trees, std::vector<std::string> modules, Work& work,
    const std::function<bool(const std::string& module, const KeepTree::Need& need)>& add) {
  while (!modules.empty()) {
    const std::string module = std::move(modules.back());
    modules.pop_back();
    for (const auto& tree : trees) {
      for (KeepTree::Need& need : tree->needs_of(module)) {
        work.spend(work_of_step);
        if (add(module, need)) modules.push_back(std::move(need.module));
      }
    }
  }
}

}  // namespace kmodsec
