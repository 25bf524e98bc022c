// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/conflicts.hpp"

#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/host/own_denies.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/policy/needed_modules.hpp"
#include "analyze/policy/root_file_systems.hpp"

namespace kmodsec {
namespace {

class NeedsOfHost {
 public:
  NeedsOfHost(const PlanInput& input, const Derived& derived)
      : facts_(*input.facts), needed_(facts_) {
    for (const LoadedWithFile& one : derived.modules) loaded_.emplace(one.loaded->name, &one);
    for (const PolicyDeny& deny : input.denies) denied_.insert(deny.module);
    needed_.add_needs_of_boot();
  }

  std::optional<std::string> need_for(const std::string& module) const {
    if (auto why = used_now(module)) return why;
    const std::string* reason = needed_.reason_for(module);
    return reason == nullptr ? std::nullopt : std::optional(*reason);
  }

  /// Boot may mount it where nothing tells what it mounts.
  std::optional<std::string> doubt_about(const std::string& module) const {
    if (!may_hold_root(module) || !needed_.has_module(module)) return std::nullopt;
    if (!facts_.needs)
      return fmt::format("the next boot may need it: {}", to_string(facts_.needs.error()));
    if (facts_.untyped_mounts.empty()) return std::nullopt;
    const Unseen& mount = facts_.untyped_mounts.front();
    return fmt::format("the next boot may mount it as {}: {}", mount.what, mount.why);
  }

 private:
  std::optional<std::string> used_now(const std::string& module) const {
    const auto found = loaded_.find(module);
    if (found == loaded_.end()) return std::nullopt;
    ModuleUse use = without(found->second->use, denied_);
    if (!use.has_users()) return std::nullopt;
    use.permanent = false;
    return "in use now: " + words_of(use);
  }

  std::map<std::string_view, const LoadedWithFile*> loaded_;
  const Facts& facts_;
  NeededModules needed_;
  std::set<std::string> denied_;
};

}  // namespace

std::vector<Conflict> conflicts_with(const PlanInput& input, const Derived& derived,
                                     const std::set<std::string>& overridden) {
  const NeedsOfHost needs(input, derived);
  std::vector<Conflict> conflicts;
  const bool in_spite_of_record = overridden.contains(usage_record_override);
  for (std::string& objection : objections_to(*input.facts, input.everything_else))
    conflicts.push_back({usage_record_override, std::move(objection), in_spite_of_record});
  const std::set<std::string> denied_already = denied_now(*input.facts);
  for (const PolicyDeny& deny : input.denies) {
    if (deny.not_kept && denied_already.contains(deny.module)) continue;
    auto reason = needs.need_for(deny.module);
    const bool is_new = !deny.not_kept && !denied_already.contains(deny.module);
    if (!reason && is_new) reason = needs.doubt_about(deny.module);
    if (reason)
      conflicts.push_back({deny.module, std::move(*reason), overridden.contains(deny.module)});
  }
  return conflicts;
}

}  // namespace kmodsec
