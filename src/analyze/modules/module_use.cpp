// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_use.hpp"

#include <utility>

namespace kmodsec {
namespace {

/// Why nobody knows whether a module is in use, though nothing that was seen uses it.
std::string why_undecided(const Facts& facts, const LoadedModule& module, const ModuleFile* file) {
  if (!module.refcount) return "this kernel counts no references: it was built without unloading";
  if (!facts.users) return "what the kernel and its devices use was not seen";
  const bool was_read = file != nullptr && file->content;
  return was_read ? "" : "its file was not read, which has the names it is used by";
}

std::string why_not_known_loaded(const Facts& facts, bool of_running_kernel) {
  if (!facts.live) return "no kernel runs there";
  if (!of_running_kernel) return "another kernel runs";
  if (!facts.loaded) return to_string(facts.loaded.error());
  return facts.unseen_loaded.empty() ? "" : "a part of the loaded modules was not seen";
}

/// What is known to use it decides, whatever was not seen.
std::optional<bool> unused_by(const ModuleUse& use) {
  if (use.has_users() || use.permanent) return false;
  return use.why_unknown.empty() ? std::optional(true) : std::nullopt;
}

}  // namespace

ModuleUse use_of_loaded(const Facts& facts, const LoadedModule& module, const ModuleFile* file,
                        std::vector<ModuleUser> users) {
  ModuleUse use{.modules = module.used_by,
                .users = std::move(users),
                .references = 0,
                .permanent = module.permanent,
                .unused = {},
                .why_unknown = {}};
  const std::uint64_t references = module.refcount.value_or(0);
  if (use.users.empty() && references > use.modules.size())
    use.references = references - use.modules.size();
  use.why_unknown = why_undecided(facts, module, file);
  use.unused = unused_by(use);
  return use;
}

ModuleUse without(ModuleUse use, const std::set<std::string>& modules) {
  std::erase_if(use.modules, [&](const std::string& user) { return modules.contains(user); });
  use.unused = unused_by(use);
  return use;
}

ModuleUse use_of_other(const Facts& facts, const ModuleTree& tree) {
  ModuleUse use;
  use.why_unknown = why_not_known_loaded(facts, facts.kernel.release == tree.release);
  use.unused = unused_by(use);
  return use;
}

}  // namespace kmodsec
