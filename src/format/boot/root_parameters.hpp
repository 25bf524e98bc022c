// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// A module that a parameter of the kernel's command line cannot do without, by a name or alias.
struct ParameterNeed {
  std::string request;
  std::string parameter;  ///< "KEY=VALUE" as it stands there.

  bool operator==(const ParameterNeed&) const = default;
};

/// What a command line says of the disks and file systems that boot needs.
struct RootParameters {
  std::string root;              ///< What `root=` names; empty: nothing does.
  bool names_root_type = false;  ///< By `rootfstype=`, or by a way to write `root=`.
  std::vector<ParameterNeed> needs;
};

/// Takes root=, rootfstype=, resume= and what systemd, dracut, mkinitcpio and initramfs-tools read
/// of encrypted disks, LVM, RAID and the file system of /usr (linux: Documentation/admin-guide/
/// kernel-parameters.txt; kernel-command-line(7) and dracut.cmdline(7); initramfs-tools(7)).
RootParameters parse_root_parameters(std::string_view text);

}  // namespace kmodsec
