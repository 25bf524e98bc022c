// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "analyze/signatures/trust.hpp"
#include "model/facts.hpp"
#include "model/modules/module_file_state.hpp"

namespace kmodsec {

/// The module files of one kernel by their names. `tree` may be null, and must outlive it.
class ModuleFiles {
 public:
  explicit ModuleFiles(const ModuleTree* tree);

  /// The file whose module bears this name once it is loaded; its own name only where the file does
  /// not tell that.
  const ModuleFile* of_loaded(std::string_view name) const;

  /// The file of this name.
  const ModuleFile* named(std::string_view name) const;

  /// Whether the file of a module is there, which was looked for and found as `file`; null where
  /// none was found. Where some folders were not seen, `ModuleTree::unseen` tells that beside.
  ModuleFileState state_of(std::string_view name, const ModuleFile* file) const;

  /// The same of a module that is loaded, or may be: it is never the one that is built in, whatever
  /// modules.builtin names.
  ModuleFileState state_of_loadable(std::string_view name, const ModuleFile* file) const;

 private:
  void index() const;

  const ModuleTree* tree_;
  std::unordered_map<std::string_view, const ModuleFile*> by_loaded_name_;
  std::unordered_map<std::string_view, const ModuleFile*> by_name_;
  mutable std::unordered_map<std::string_view, std::string_view> indexed_;  ///< Once asked for.
  mutable std::unordered_set<std::string_view> builtin_;
  mutable bool is_indexed_ = false;
};

/// The same of a file that was found, in whichever folder it lies.
ModuleFileState state_of_file(const ModuleFile& file);

/// The name that a file's module has when it is loaded.
std::string_view loaded_name(const ModuleFile& file);

/// What the kernel makes of the signature in the file; unknown, with the reason, where there is no
/// file to look at.
SignatureVerdict signature_of(const Trust& trust, const ModuleFile* file,
                              const ModuleFileState& state);

/// Takes back what was verified: digests, and what they say of packages; signatures; what tells a
/// loaded module from another build. A snapshot has all of that, and who asks for no verification
/// gets the same answer from it as from the host, where nothing is verified then.
void leave_unverified(Facts& facts);

}  // namespace kmodsec
