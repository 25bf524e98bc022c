// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/callers.hpp"

#include <utility>

#include <fmt/format.h>

#include "analyze/loading/device_nodes.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view ldisc_alias = "tty-ldisc-";
constexpr std::string_view ldisc_closed_by = "dev.tty.ldisc_autoload=0";

std::string closing_setting(const AccessSettings& settings) {
  if (!settings.userns_clone.value_or(true)) return "kernel.unprivileged_userns_clone=0";
  if (!settings.user_namespaces.value_or(true)) return "user.max_user_namespaces=0";
  if (settings.apparmor_holds_userns.value_or(false))
    return "kernel.apparmor_restrict_unprivileged_userns=1";
  return {};
}

void add_gap(const Error& error, std::vector<Unseen>& unseen) {
  if (error.kind != ErrorKind::unsupported) unseen.push_back({error.subject, error.reason});
}

}  // namespace

bool is_easier(const Caller& a, const Caller& b) {
  if (a.who.reach != b.who.reach) return a.who.reach < b.who.reach;
  return a.held && !b.held;
}

Callers::Callers(const Facts& facts, const ModuleTree& tree) {
  const bool is_running = facts.live && facts.kernel.release == tree.release;
  if (!is_running) return;
  if (facts.loaded) {
    for (const LoadedModule& module : *facts.loaded) loaded_.insert(module.name);
  }
  if (!facts.access) return;
  settings_ = &*facts.access;
  userns_closed_by_ = closing_setting(*settings_);
}

Caller Callers::settle(Reach reach, std::string_view what) const {
  if (reach != Reach::user_namespace || userns_closed_by_.empty())
    return {.who = {reach, std::string(what)}};
  return {.who = {Reach::root, fmt::format("{}: user namespaces are closed to users here by {}",
                                           what, userns_closed_by_)},
          .held = true};
}

Caller Callers::caller_of(const Trigger& trigger, std::string_view alias) const {
  Caller caller = settle(trigger.reach, trigger.what);
  caller.by_kernel = trigger.by_kernel;
  const bool ldisc_closed = settings_ != nullptr && !settings_->ldisc_autoload.value_or(true);
  if (alias.starts_with(ldisc_alias) && ldisc_closed)
    return {.who = {Reach::root,
                    fmt::format("{}: closed to users here by {}", trigger.what, ldisc_closed_by)},
            .held = true};
  return caller;
}

std::optional<ModuleReach> Callers::who_opens_node(const std::string& alias) const {
  if (settings_ == nullptr || !settings_->nodes) return who_opens_by_default(alias);
  work_.spend(settings_->nodes->size());
  return who_opens(alias, *settings_->nodes);
}

/// A module makes its nodes itself, but for static ones and those that somebody made by hand.
bool Callers::has_node_beforehand(const std::string& module, bool has_static_node) const {
  const bool nodes_are_seen = settings_ != nullptr && settings_->nodes;
  return has_static_node || (nodes_are_seen && !loaded_.contains(module));
}

std::optional<Caller> Callers::of_alias(const std::string& alias, const std::string& module,
                                        bool has_static_node) const {
  if (is_node_alias(alias)) {
    if (!has_node_beforehand(module, has_static_node)) return std::nullopt;
    auto who = who_opens_node(alias);
    if (!who) return std::nullopt;
    return Caller{.who = std::move(*who)};
  }
  const auto trigger = trigger_of_alias(alias);
  return trigger ? std::optional(caller_of(*trigger, alias)) : std::nullopt;
}

std::optional<Caller> Callers::of_name(std::string_view module) const {
  const auto trigger = trigger_of_name(module);
  return trigger ? std::optional(caller_of(*trigger, {})) : std::nullopt;
}

std::optional<ModuleReach> Callers::users_of_alias(const std::string& alias) const {
  if (is_node_alias(alias)) return who_opens_node(alias);
  const auto trigger = trigger_of_alias(alias);
  return trigger ? std::optional(settle(trigger->once_in, trigger->use).who) : std::nullopt;
}

std::optional<ModuleReach> Callers::users_of_name(std::string_view module) const {
  const auto trigger = trigger_of_name(module);
  return trigger ? std::optional(settle(trigger->once_in, trigger->use).who) : std::nullopt;
}

std::vector<Unseen> unseen_callers(const Facts& facts) {
  std::vector<Unseen> unseen;
  if (!facts.access) {
    add_gap(facts.access.error(), unseen);
    return unseen;
  }
  const AccessSettings& settings = *facts.access;
  for (const Seen<bool>* setting : {&settings.userns_clone, &settings.user_namespaces,
                                    &settings.apparmor_holds_userns, &settings.ldisc_autoload}) {
    if (!*setting) add_gap(setting->error(), unseen);
  }
  if (!settings.nodes) add_gap(settings.nodes.error(), unseen);
  return unseen;
}

}  // namespace kmodsec
