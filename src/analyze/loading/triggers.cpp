// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/triggers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "analyze/loading/device_nodes.hpp"
#include "model/host/module_name.hpp"
#include "model/kernel/kernel_changes.hpp"
#include "model/kernel/kernel_options.hpp"

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

Triggers::Triggers(const Facts& facts, const ModuleTree& tree)
    : series_(kernel_series(tree.release)),
      has_keyctl_hash_(is_built_in(tree.config, "CONFIG_KEY_DH_OPERATIONS")) {
  const bool is_running = facts.live && facts.kernel.release == tree.release;
  if (!is_running) return;
  if (is_built_in(facts.kernel.config, "CONFIG_KEY_DH_OPERATIONS")) has_keyctl_hash_ = true;
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

/// The setting is there once af_alg is; until then it is what the kernel starts with (linux:
/// crypto/af_alg.c, 7.3). Of a longer list, what anybody may name: whole, or through the templates
/// and the algorithms that such a name is made of.
bool Triggers::is_refused_by_af_alg(std::string_view alias) const {
  constexpr std::string_view prefix = "crypto-";
  constexpr std::array<std::string_view, 15> open_to_all = {"sha1",
                                                            "adiantum",
                                                            "adiantum(xchacha12,aes)",
                                                            "adiantum(xchacha20,aes)",
                                                            "hctr2",
                                                            "hctr2(aes)",
                                                            "xts",
                                                            "xts(aes)",
                                                            "aes",
                                                            "ecb",
                                                            "xchacha12",
                                                            "xchacha20",
                                                            "nhpoly1305",
                                                            "xctr",
                                                            "polyval"};
  if (!starts_as_alias(alias, prefix)) return false;
  const unsigned by_default = has_change(series_, KernelChange::af_alg_is_restricted) ? 1 : 0;
  const unsigned level =
      settings_ != nullptr ? settings_->af_alg_restrict.value_or(by_default) : by_default;
  const bool is_open =
      std::ranges::find(open_to_all, alias.substr(prefix.size())) != open_to_all.end();
  return level >= 2 || (level == 1 && !is_open);
}

/// What AF_ALG refuses is asked for by others still: IPsec in a user namespace names its
/// algorithms, and a digest may be named to keyctl(2) by anybody (linux: security/keys/dh.c,
/// kdf_alloc).
std::optional<Autoload> Triggers::autoload_here(std::string_view alias) const {
  const auto autoload = autoload_of_alias(alias, series_);
  if (!autoload || !is_refused_by_af_alg(alias)) return autoload;
  if (has_keyctl_hash_) return Autoload{AttackerPosition::local, "keyctl(KEYCTL_DH_COMPUTE)"};
  return Autoload{AttackerPosition::local_userns,
                  "an IPsec association, as AF_ALG refuses it to users (crypto.af_alg_restrict)"};
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
  const auto autoload = autoload_here(alias);
  return autoload ? std::optional(trigger_of(*autoload, alias)) : std::nullopt;
}

std::optional<Trigger> Triggers::of_name(std::string_view module) const {
  const auto autoload = autoload_of_name(module);
  return autoload ? std::optional(trigger_of(*autoload, {})) : std::nullopt;
}

std::optional<Attacker> Triggers::users_of_alias(const std::string& alias) const {
  if (is_node_alias(alias)) return who_opens_node(alias);
  const auto autoload = autoload_here(alias);
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
  const Seen<unsigned>& restrict = settings.af_alg_restrict;
  if (!restrict&& restrict.error().kind != ErrorKind::not_found) add_gap(restrict.error(), unseen);
  if (!settings.nodes) add_gap(settings.nodes.error(), unseen);
  return unseen;
}

}  // namespace kmodsec
