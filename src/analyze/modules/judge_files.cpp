// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/judge_files.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>
#include <vector>

namespace kmodsec {
namespace {

/// Those that were judged with the module that is loaded.
std::unordered_set<const ModuleFile*> files_of_loaded(const Derived& derived) {
  std::unordered_set<const ModuleFile*> files;
  for (const LoadedWithFile& module : derived.modules) files.insert(module.file);
  return files;
}

Verdict judge_loaded(const Facts& facts, const Derived& derived, const FindInFile& find,
                     const NeededOfFile& also_needed) {
  if (auto without = why_no_module_support(facts)) return std::move(*without);
  const auto find_in_loaded = [&](const LoadedWithFile& module) {
    return module.file == nullptr ? std::nullopt : find(module.loaded->name, *module.file);
  };
  return judge_loaded_files(facts, derived, find_in_loaded, also_needed);
}

Verdict judge_whole_trees(const Facts& facts, const Derived& derived, const FindInFile& find,
                          const NeededOfFile& also_needed) {
  const auto judged = files_of_loaded(derived);
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  bool examined = false;
  for (const ModuleTree& tree : facts.trees) {
    if (could_not_be_listed(tree) && !facts.live)
      unseen.push_back(unseen_because(tree.files.error()));
    if (!tree.complete || !tree.files) continue;
    examined = true;
    std::ranges::copy(tree.unseen, std::back_inserter(unseen));
    for (const ModuleFile& file : *tree.files) {
      if (judged.contains(&file)) continue;
      if (auto finding = find(file.name, file)) {
        findings.push_back(std::move(*finding));
      } else if (const auto error = also_needed(file)) {
        unseen.push_back(unseen_because(*error));
      }
    }
  }
  if (!examined && unseen.empty()) return not_applicable("no module file was examined");
  std::ranges::copy(unseen_files(facts, &MaskedPaths::modules), std::back_inserter(unseen));
  std::ranges::copy(unseen_files(facts, &MaskedPaths::packages), std::back_inserter(unseen));
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

bool could_not_be_listed(const ModuleTree& tree) {
  return !tree.files && tree.files.error().kind != ErrorKind::not_found;
}

Verdict judge_module_files(const Facts& facts, const Derived& derived, const FindInFile& find,
                           const NeededOfFile& also_needed) {
  Verdict of_trees = judge_whole_trees(facts, derived, find, also_needed);
  sort_by_subject(of_trees.findings);
  if (!facts.live) return of_trees;
  Verdict of_loaded = judge_loaded(facts, derived, find, also_needed);
  if (of_trees.status == Status::not_applicable) return of_loaded;
  if (of_loaded.status == Status::not_applicable) return of_trees;
  std::ranges::move(of_trees.findings, std::back_inserter(of_loaded.findings));
  std::ranges::move(of_trees.unseen, std::back_inserter(of_loaded.unseen));
  sort_by_subject(of_loaded.findings);
  return judge(std::move(of_loaded.findings), std::move(of_loaded.unseen));
}

}  // namespace kmodsec
