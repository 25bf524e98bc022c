// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"
#include "model/host/program_places.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_writable(
      facts, &MaskedPaths::programs, is_of_program_places,
      "others than root may write it: root runs what is there whenever a module is loaded");
}

}  // namespace

extern const Check perm_004_writable_programs{
    .id = "PERM-004",
    .title = "Only root may write the programs that load modules",
    .fault = "Others than root may write a program that loads modules",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "Owner, mode and access control list of modprobe, insmod, depmod, kmod, "
        "systemd-modules-load and udevd where distributions have them, and of the folders and "
        "links on the way. It fails for each that others than root may write. Where "
        "kernel.modprobe names another program, CONF-015 judges that one.",
    .rationale =
        "The kernel, the init system and udev run these programs as root, and what they load, "
        "which lines they obey and whether a deny counts is up to them. Whoever can write one of "
        "them, what a link there leads to, or a folder on the way is root at the next request for "
        "a module, which on most hosts any user can make.",
    .remedy =
        "Give the path to root and take away the write permission of others: chown root:root PATH; "
        "chmod go-w PATH; setfacl -b PATH. Then reinstall the package of the program: what it did "
        "until now is not known.",
    .references = {"man:modprobe(8)", "man:kmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
