// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyze/policy/deny_lines.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

/// What the form of a deny depends on, of all kernels.
class DenyForms {
 public:
  explicit DenyForms(const Facts& facts) : with_softdep_(modules_with_softdep(facts)) {
    for (const ModuleTree& tree : facts.trees) add(tree);
  }

  /// This file is read first: see `deny_lines`.
  DenySoftdep softdep_of(const std::string& module) const {
    return with_softdep_.contains(module) ? DenySoftdep::emptied : DenySoftdep::without;
  }

  bool is_builtin_everywhere(const std::string& module) const {
    const auto found = builtin_.find(module);
    return found != builtin_.end() && found->second == kernels_;
  }

 private:
  void add(const ModuleTree& tree) {
    ++kernels_;
    if (!tree.builtin) return;
    std::set<std::string_view> names;
    for (const BuiltinModule& builtin : *tree.builtin) {
      if (names.insert(builtin.name).second) ++builtin_[builtin.name];
    }
  }

  std::set<std::string> with_softdep_;
  std::map<std::string, std::size_t> builtin_;  ///< By how many kernels.
  std::size_t kernels_ = 0;
};

std::string lines_of(const DenyForms& forms, DenyAnswer answer, const std::string& module) {
  std::string lines;
  for (const ConfigLine& line :
       deny_lines(module, answer, forms.softdep_of(module), std::string(deny_file_path)))
    lines += line.text + "\n";
  return lines;
}

std::string_view origin_of(const PolicyDeny& deny) {
  if (!deny.profile.empty()) return deny.profile;
  return deny.asked_by.empty() ? "deny.modules" : "deny.autoload_by_users";
}

std::string lines_for(const DenyForms& forms, DenyAnswer answer, const PolicyDeny& deny) {
  const std::string_view why = origin_of(deny);
  if (forms.is_builtin_everywhere(deny.module))
    return fmt::format("\n# {}: {}. It is built in: modprobe cannot keep it out.\n", deny.module,
                       why);
  return fmt::format("\n# {}: {}\n{}", deny.module, why, lines_of(forms, answer, deny.module));
}

/// Thousands of modules, which every modprobe reads: no line among theirs that does not deny.
std::string block_of_not_kept(const DenyForms& forms, DenyAnswer answer,
                              const std::vector<PolicyDeny>& denies) {
  std::string block;
  for (const PolicyDeny& deny : denies) {
    if (deny.not_kept && !forms.is_builtin_everywhere(deny.module))
      block += lines_of(forms, answer, deny.module);
  }
  if (block.empty()) return block;
  return "\n# deny.everything_else: 'kmodsec show MODULE' tells why one is not kept.\n" + block;
}

}  // namespace

OwnedFile deny_file(const PlanInput& input) {
  OwnedFile file{std::string(deny_file_path), {}};
  if (input.denies.empty()) return file;
  std::string text = owned_header("Modules that the policy of this host denies.");
  const DenyForms forms(*input.facts);
  const DenyAnswer answer = input.facts->policy->deny.on_attempt;
  for (const PolicyDeny& deny : input.denies) {
    if (!deny.not_kept) text += lines_for(forms, answer, deny);
  }
  text += block_of_not_kept(forms, answer, input.denies);
  file.wanted = text_file(std::move(text));
  return file;
}

}  // namespace kmodsec
