// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/requests.hpp"
#include "model/modules/index_in_use.hpp"

#include <algorithm>

namespace kmodsec {
namespace {

const std::vector<std::string> no_alias_names;

/// depmod(8) lists it in modules.devname, and the system makes the node while it starts.
bool names_a_static_node(const std::string& alias) { return alias.starts_with("devname:"); }

bool lead_to(const std::vector<Candidate>& found, const std::string& module) {
  return std::ranges::find(found, module, &Candidate::module) != found.end();
}

}  // namespace

bool is_alias_pattern(std::string_view alias) {
  return alias.find_first_of("*?[") != std::string_view::npos;
}

Requests::Requests(const ModuleTree& tree, const LoadModel& model, const Triggers& triggers)
    : model_(model), triggers_(triggers) {
  if (!aliases_in_use(tree)) return;
  for (const AliasEntry& alias : *aliases_in_use(tree))
    aliases_[alias.module].push_back(alias.pattern);
}

const std::vector<std::string>& Requests::aliases_of(const std::string& module) const {
  const auto aliases = aliases_.find(module);
  return aliases == aliases_.end() ? no_alias_names : aliases->second;
}

bool Requests::leads_by_name(const std::string& module) const {
  return lead_to(model_.look_up(module), module);
}

/// Of a pattern nobody knows which requests will come; only a line that takes all of them decides.
bool Requests::leads_by_alias(const std::string& alias, const std::string& module) const {
  if (model_.blacklist_line(module) != nullptr) return false;
  if (!is_alias_pattern(alias)) return lead_to(model_.look_up(alias), module);
  const std::vector<Candidate> redirected = model_.redirections(alias);
  return redirected.empty() || lead_to(redirected, module);
}

std::optional<Trigger> Requests::easiest(const std::string& module, bool kernel_asks) const {
  std::optional<Trigger> best;
  const auto improves = [&](const std::optional<Trigger>& trigger) {
    return trigger && (kernel_asks || !trigger->by_kernel) && (!best || is_easier(*trigger, *best));
  };
  if (const auto trigger = triggers_.of_name(module); improves(trigger) && leads_by_name(module))
    best = trigger;
  const std::vector<std::string>& aliases = aliases_of(module);
  const bool has_static_node = std::ranges::any_of(aliases, names_a_static_node);
  for (const std::string& alias : aliases) {
    const auto trigger = triggers_.of_alias(alias, module, has_static_node);
    if (improves(trigger) && leads_by_alias(alias, module)) best = trigger;
  }
  return best;
}

const std::string* Requests::device_alias(const std::string& module) const {
  const std::vector<std::string>& aliases = aliases_of(module);
  const auto found = std::ranges::find_if(aliases, [&](const std::string& alias) {
    const auto trigger = triggers_.autoload_of(alias);
    return trigger && !trigger->by_kernel && leads_by_alias(alias, module);
  });
  return found == aliases.end() ? nullptr : &*found;
}

}  // namespace kmodsec
