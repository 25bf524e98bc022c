// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"
#include "model/host/boot_places.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_writable(
      facts, &MaskedPaths::configuration,
      [](std::string_view path) {
        if (is_of_boot_places(path)) return false;
        return path.find(".d/") != path.npos || path.ends_with(".d") || path == "/etc/modules";
      },
      "others than root may write it: an install line in it runs as root");
}

}  // namespace

extern const Check perm_002_writable_configuration{
    .id = "PERM-002",
    .title = "Only root may write modprobe.d, modules-load.d and depmod.d",
    .fault = "Others than root may write modprobe.d, modules-load.d or depmod.d",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "Owner, mode and access control list of modprobe.d, modules-load.d, depmod.d and their "
        "files, and of the folders and links on the way. It fails for each that others than root "
        "may write.",
    .rationale =
        "An install line of modprobe.d is a command that runs as root when a module is "
        "asked for, and one line of another kind undoes a deny. Whoever can write these "
        "folders owns the host. Access control lists count like modes, and so do the folders on "
        "the "
        "way and what links there lead to.",
    .remedy =
        "Give the path to root and take away the write permission of others: chown "
        "root:root PATH; chmod go-w PATH; setfacl -b PATH. Then read every file there.",
    .references = {"man:modprobe.d(5)", "man:modules-load.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
