// SPDX-License-Identifier: GPL-2.0-or-later
//
// What configuration of services has the kernel load: each function gives the names and aliases
// behind one file, sorted. No full parser of the format: what is written like a setting counts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// systemd.netdev(5): the kind of a virtual device of the network.
std::vector<std::string> requests_of_netdev(std::string_view text);

/// systemd.mount(5): the file system, and its character sets.
std::vector<std::string> requests_of_mount_unit(std::string_view text);

/// A connection of NetworkManager (nm-settings-keyfile(5)): its type.
std::vector<std::string> requests_of_connection(std::string_view text);

/// netplan(5): the kinds of devices.
std::vector<std::string> requests_of_netplan(std::string_view text);

/// interfaces(5) of ifupdown: the kinds of devices.
std::vector<std::string> requests_of_interfaces(std::string_view text);

/// crypttab(5): dm-crypt, and the ciphers that the lines name, or else those of LUKS.
std::vector<std::string> requests_of_crypttab(std::string_view text);

/// mdadm.conf(5): the level of each array that is listed, by the alias with which the kernel asks
/// for it (linux: drivers/md/md.c, do_md_run); all levels where a line names none.
std::vector<std::string> requests_of_mdadm(std::string_view text);

/// sysctl.d(5): congestion control, queueing and the filter of bridges.
std::vector<std::string> requests_of_sysctl(std::string_view text);

/// A map of automount(8), auto.master(5): the file systems, and their character sets.
std::vector<std::string> requests_of_automount_map(std::string_view text);

/// exports(5): the server of NFS, if anything is exported.
std::vector<std::string> requests_of_exports(std::string_view text);

}  // namespace kmodsec
