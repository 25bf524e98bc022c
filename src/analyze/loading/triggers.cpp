// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/triggers.hpp"

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

bool is_easier(const Trigger& a, const Trigger& b) {
  if (a.who.position != b.who.position) return a.who.position < b.who.position;
  return a.held && !b.held;
}

Triggers::Triggers(const Facts& facts, const ModuleTree& tree) {
  const bool is_running = facts.live && facts.kernel.release == tree.release;
  if (!is_running) return;
  if (facts.loaded) {
    for (const LoadedModule& module : *facts.loaded) loaded_.insert(module.name);
  }
  if (!facts.access) return;
  settings_ = &*facts.access;
  userns_closed_by_ = closing_setting(*settings_);
}

Trigger Triggers::settle(AttackerPosition position, std::string_view what) const {
  if (position != AttackerPosition::local_userns || userns_closed_by_.empty())
    return {.who = {position, std::string(what)}};
  return {.who = {AttackerPosition::root,
                  fmt::format("{}: user namespaces are closed to users here by {}", what,
                              userns_closed_by_)},
          .held = true};
}

Trigger Triggers::trigger_of(const Autoload& autoload, std::string_view alias) const {
  Trigger trigger = settle(autoload.position, autoload.what);
  trigger.by_kernel = autoload.by_kernel;
  const bool ldisc_closed = settings_ != nullptr && !settings_->ldisc_autoload.value_or(true);
  if (alias.starts_with(ldisc_alias) && ldisc_closed)
    return {.who = {AttackerPosition::root,
                    fmt::format("{}: closed to users here by {}", autoload.what, ldisc_closed_by)},
            .held = true};
  return trigger;
}

std::optional<Attacker> Triggers::who_opens_node(const std::string& alias) const {
  if (settings_ == nullptr || !settings_->nodes) return who_opens_by_default(alias);
  work_.spend(settings_->nodes->size());
  return who_opens(alias, *settings_->nodes);
}

/// A module makes its nodes itself, but for static ones and those that somebody made by hand.
bool Triggers::has_node_beforehand(const std::string& module, bool has_static_node) const {
  const bool nodes_are_seen = settings_ != nullptr && settings_->nodes;
  return has_static_node || (nodes_are_seen && !loaded_.contains(module));
}

std::optional<Trigger> Triggers::of_alias(const std::string& alias, const std::string& module,
                                          bool has_static_node) const {
  if (is_node_alias(alias)) {
    if (!has_node_beforehand(module, has_static_node)) return std::nullopt;
    auto who = who_opens_node(alias);
    if (!who) return std::nullopt;
    return Trigger{.who = std::move(*who)};
  }
  const auto autoload = autoload_of_alias(alias);
  return autoload ? std::optional(trigger_of(*autoload, alias)) : std::nullopt;
}

std::optional<Trigger> Triggers::of_name(std::string_view module) const {
  const auto autoload = autoload_of_name(module);
  return autoload ? std::optional(trigger_of(*autoload, {})) : std::nullopt;
}

std::optional<Attacker> Triggers::users_of_alias(const std::string& alias) const {
  if (is_node_alias(alias)) return who_opens_node(alias);
  const auto autoload = autoload_of_alias(alias);
  return autoload ? std::optional(settle(autoload->when_loaded, autoload->use).who) : std::nullopt;
}

std::optional<Attacker> Triggers::users_of_name(std::string_view module) const {
  const auto autoload = autoload_of_name(module);
  return autoload ? std::optional(settle(autoload->when_loaded, autoload->use).who) : std::nullopt;
}

std::vector<Unseen> unseen_triggers(const Facts& facts) {
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
