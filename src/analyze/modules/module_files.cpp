// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_files.hpp"

#include <string>

#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const ModuleFile* find_in(const std::unordered_map<std::string_view, const ModuleFile*>& files,
                          std::string_view name) {
  const auto found = files.find(name);
  return found == files.end() ? nullptr : found->second;
}

}  // namespace

ModuleFiles::ModuleFiles(const ModuleTree* tree) : tree_(tree) {
  if (tree == nullptr || !tree->files) return;
  for (const ModuleFile& file : *tree->files) {
    by_loaded_name_.try_emplace(loaded_name(file), &file);
    by_name_.try_emplace(file.name, &file);
  }
}

const ModuleFile* ModuleFiles::of_loaded(std::string_view name) const {
  return find_in(by_loaded_name_, name);
}

const ModuleFile* ModuleFiles::named(std::string_view name) const {
  return find_in(by_name_, name);
}

std::string_view loaded_name(const ModuleFile& file) {
  return file.content && !file.content->own_name.empty() ? file.content->own_name : file.name;
}

void ModuleFiles::index() const {
  if (is_indexed_ || tree_ == nullptr) return;
  is_indexed_ = true;
  if (index_in_use(*tree_)) {
    for (const IndexEntry& entry : *index_in_use(*tree_))
      indexed_.try_emplace(entry.name, entry.path);
  }
  if (!tree_->builtin) return;
  for (const BuiltinModule& module : *tree_->builtin) builtin_.insert(module.name);
}

ModuleFileState ModuleFiles::state_of(std::string_view name, const ModuleFile* file) const {
  index();
  if (file == nullptr && builtin_.contains(name)) return {FilePresence::built_in, {}, {}};
  return state_of_loadable(name, file);
}

/// Of a capture that left out module files nobody knows which of them the host has.
ModuleFileState ModuleFiles::state_of_loadable(std::string_view name,
                                               const ModuleFile* file) const {
  if (file != nullptr) return state_of_file(*file);
  if (tree_ == nullptr)
    return {FilePresence::unknown, {}, "the folder of the kernel's modules was not examined"};
  index();
  if (!tree_->files) return {FilePresence::unknown, {}, to_string(tree_->files.error())};
  const auto entry = indexed_.find(name);
  const bool holds_another = by_name_.contains(name);
  if (entry == indexed_.end() || holds_another) return {FilePresence::none, {}, tree_->folder};
  const std::string place = path_of(*tree_, entry->second);
  if (tree_->files_left_out) return {FilePresence::unknown, place, left_out_of_capture};
  return {FilePresence::gone, place, {}};
}

/// A damaged file is there; what may not be read, or is too large, was not looked at.
ModuleFileState state_of_file(const ModuleFile& file) {
  if (file.content || file.content.error().kind == ErrorKind::malformed)
    return {FilePresence::there, file.path, {}};
  const Error& error = file.content.error();
  if (error.kind == ErrorKind::not_found) return {FilePresence::gone, file.path, {}};
  if (error.kind == ErrorKind::io) return {FilePresence::unknown, file.path, error.reason};
  return {FilePresence::unreadable, file.path, error.reason};
}

SignatureVerdict signature_of(const Trust& trust, const ModuleFile* file,
                              const ModuleFileState& state) {
  if (file != nullptr && state.status != FilePresence::gone) return trust.judge(*file);
  SignatureVerdict verdict;
  verdict.status = SignatureStatus::unknown;
  verdict.reason = words_of(state);
  return verdict;
}

void leave_unverified(Facts& facts) {
  const auto take_back = [](std::vector<ModuleFile>& files) {
    for (ModuleFile& file : files) {
      file.digests = Seen<FileDigests>();
      if (file.signature) file.signature->checks.clear();
      if (!file.package) continue;
      PackageLevel& level = file.package->level;
      if (level == PackageLevel::db_match || level == PackageLevel::mismatch)
        level = PackageLevel::owned_unverified;
    }
  };
  take_back(facts.files);
  for (ModuleTree& tree : facts.trees) {
    if (tree.files) take_back(*tree.files);
  }
  facts.trust = Seen<TrustSources>();
  if (!facts.loaded) return;
  for (LoadedModule& module : *facts.loaded) module.identity = {};
}

}  // namespace kmodsec
