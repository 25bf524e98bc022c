// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"
#include "model/host/boot_places.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_writable(facts, &MaskedPaths::configuration, is_of_boot_places,
                        "others than root may write it: they decide what is loaded at boot");
}

}  // namespace

extern const Check perm_003_writable_boot{
    .id = "PERM-003",
    .title = "Only root may write boot images, their hooks, units, keys and the policy",
    .fault = "Others than root may write a boot image, its hook, a unit, a key or the policy",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "Owner, mode and access control list of what decides about a boot, and of the folders and "
        "links on the way. It fails for each that others than root may write.",
    .rationale =
        "A kernel or an initramfs is code that runs before everything else, and a hook of "
        "initramfs-tools, dracut or mkinitcpio, a unit and what DKMS builds run as root. Whoever "
        "can write one of them, or what a link there leads to, has a module loaded at the next "
        "boot. The policy and the audit rules decide whether anybody notices.",
    .remedy =
        "Give the path to root and take away the write permission of others: chown root:root PATH; "
        "chmod go-w PATH; setfacl -b PATH. Then rebuild the images and check what is in the file.",
    .references = {"man:update-initramfs(8)", "man:dracut(8)", "man:systemd.unit(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
