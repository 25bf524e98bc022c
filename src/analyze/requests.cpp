// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/requests.hpp"

#include <algorithm>

namespace kmodsec {
namespace {

const std::vector<std::string> no_aliases;

bool lead_to(const std::vector<Candidate>& found, const std::string& module) {
  return std::ranges::find(found, module, &Candidate::module) != found.end();
}

}  // namespace

bool is_alias_pattern(std::string_view alias) {
  return alias.find_first_of("*?[") != std::string_view::npos;
}

Requests::Requests(const ModuleTree& tree, const LoadModel& model) : model_(model) {
  if (!tree.aliases) return;
  for (const AliasEntry& alias : *tree.aliases) aliases_[alias.module].push_back(alias.pattern);
}

const std::vector<std::string>& Requests::aliases_of(const std::string& module) const {
  const auto aliases = aliases_.find(module);
  return aliases == aliases_.end() ? no_aliases : aliases->second;
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
  const auto is_easier = [&](const std::optional<Trigger>& trigger) {
    return trigger && (kernel_asks || !trigger->by_kernel) &&
           (!best || trigger->reach < best->reach);
  };
  if (const auto trigger = trigger_of_name(module); is_easier(trigger) && leads_by_name(module))
    best = trigger;
  for (const std::string& alias : aliases_of(module)) {
    const auto trigger = trigger_of_alias(alias);
    if (is_easier(trigger) && leads_by_alias(alias, module)) best = trigger;
  }
  return best;
}

const std::string* Requests::device_alias(const std::string& module) const {
  const std::vector<std::string>& aliases = aliases_of(module);
  const auto found = std::ranges::find_if(aliases, [&](const std::string& alias) {
    const auto trigger = trigger_of_alias(alias);
    return trigger && !trigger->by_kernel && leads_by_alias(alias, module);
  });
  return found == aliases.end() ? nullptr : &*found;
}

}  // namespace kmodsec
