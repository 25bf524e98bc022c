// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"
#include "model/names.hpp"

namespace kmodsec {

// The kernel, its image, and the distribution that it comes from.

template <>
constexpr std::array snapshot_words<Lockdown> = {Lockdown::none, Lockdown::integrity,
                                                 Lockdown::confidentiality};
template <>
constexpr std::array snapshot_words<SecureBoot> = {SecureBoot::enabled, SecureBoot::disabled,
                                                   SecureBoot::unsupported};

KMODSEC_SNAPSHOT_FIELDS(Ownership, path, mode, uid, gid, writers, unclear, leads_to)
KMODSEC_SNAPSHOT_FIELDS(ModprobeHelper, path, resolved, owners)
KMODSEC_SNAPSHOT_FIELDS(KernelLogLine, sequence, microseconds, text)
KMODSEC_SNAPSHOT_FIELDS(KernelKey, subject, id)
KMODSEC_SNAPSHOT_FIELDS(Keyring, name, keys, members)
KMODSEC_SNAPSHOT_FIELDS(KernelState, release, version, arch, modules_supported, modules_disabled,
                        sig_enforce, lockdown, secure_boot, taint, modprobe_helper, config,
                        kexec_load_disabled, command_line, security_modules, log, keyrings,
                        build_id, module_compression)
KMODSEC_SNAPSHOT_FIELDS(KernelImageFile, path, version, build_id, certificates, revoked)
KMODSEC_SNAPSHOT_FIELDS(Distribution, id, id_like, name)
KMODSEC_SNAPSHOT_FIELDS(HostIdentity, name, machine_id, boot_id)
KMODSEC_SNAPSHOT_FIELDS(ChangelogMention, id, version, title, reverted)
KMODSEC_SNAPSHOT_FIELDS(ChangelogChange, digest, version, year)
KMODSEC_SNAPSHOT_FIELDS(KernelChangelog, path, mentions, changes)

}  // namespace kmodsec
