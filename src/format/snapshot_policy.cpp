// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"
#include "model/names.hpp"

namespace kmodsec {

// The policy, and the programs that a change of it works with.

template <>
constexpr std::array snapshot_words<DenyAnswer> = {DenyAnswer::fail, DenyAnswer::pretend};
template <>
constexpr std::array snapshot_words<DenyInInitramfs> = {DenyInInitramfs::include,
                                                        DenyInInitramfs::exclude};

template <>
constexpr std::array snapshot_words<KeepMode> = {KeepMode::observe, KeepMode::enforce};

template <>
constexpr std::array snapshot_words<FreezeLevel> = all_freeze_levels;

KMODSEC_SNAPSHOT_FIELDS(DenyPolicy, profiles, modules, except, autoload_by_users, everything_else,
                        on_attempt, initramfs)
KMODSEC_SNAPSHOT_FIELDS(KeepPolicy, mode, modules, profiles, classes)
KMODSEC_SNAPSHOT_FIELDS(KeepRule, module, path, alias, reason)
KMODSEC_SNAPSHOT_FIELDS(KeepClass, name, title, rules)
KMODSEC_SNAPSHOT_FIELDS(PolicyDeny, module, profile)
KMODSEC_SNAPSHOT_FIELDS(PolicyException, module, until, reason, source, line)
KMODSEC_SNAPSHOT_FIELDS(PolicyWaiver, check, subject, reason, owner, until, source, line, gap, why)
KMODSEC_SNAPSHOT_FIELDS(PolicyOptions, module, parameters)

/// Without a level the word is empty.
void write_json(nlohmann::json& json, const FreezePolicy& value) {
  write_json(new_field(json, "level"), value.level ? to_string(*value.level) : std::string_view());
  KMODSEC_WRITE_FIELD(source)
  KMODSEC_WRITE_FIELD(require)
}

void read_json(const nlohmann::json& json, FreezePolicy& value) {
  const nlohmann::json* level = find_field(json, "level");
  if (level != nullptr && *level != "") read_json(*level, value.level);
  KMODSEC_READ_FIELD(source)
  KMODSEC_READ_FIELD(require)
}

KMODSEC_SNAPSHOT_FIELDS(Policy, sources, deny, keep, keep_profile_modules, keep_classes, exceptions,
                        waivers, load, options, freeze, audit_rules, denies)
KMODSEC_SNAPSHOT_FIELDS(HostTools, systemd, auditd, update_initramfs, dracut, mkinitcpio)

}  // namespace kmodsec
