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

KMODSEC_SNAPSHOT_FIELDS(DenyPolicy, profiles, modules, except, on_attempt, initramfs)
KMODSEC_SNAPSHOT_FIELDS(PolicyDeny, module, profile)
KMODSEC_SNAPSHOT_FIELDS(PolicyException, module, until, reason)
KMODSEC_SNAPSHOT_FIELDS(PolicyOptions, module, parameters)
KMODSEC_SNAPSHOT_FIELDS(FreezePolicy, level, source, require)
KMODSEC_SNAPSHOT_FIELDS(Policy, sources, deny, exceptions, load, options, freeze, audit_rules,
                        denies)
KMODSEC_SNAPSHOT_FIELDS(HostTools, systemd, auditd, update_initramfs, dracut, mkinitcpio)

}  // namespace kmodsec
