// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/later_loads.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/loading/conntrack_helpers.hpp"

namespace kmodsec {
namespace {

/// A program, and what it makes the kernel load when it works. From the programs' own requirements:
/// moby contrib/check-config.sh, wg-quick(8), openvpn(8), libvirt, nft(8), cryptsetup(8), lvm(8).
struct User {
  std::string_view path;
  std::string_view name;
  std::array<std::string_view, 6> requests;
};

constexpr std::array users = {
    User{"/usr/bin/dockerd",
         "Docker",
         {"overlay", "veth", "bridge", "br_netfilter", "xt_conntrack", "xt_MASQUERADE"}},
    User{"/usr/bin/containerd", "containerd", {"overlay", "veth", "bridge", "br_netfilter"}},
    User{"/usr/bin/podman", "Podman", {"overlay", "veth", "bridge", "fuse", "tun"}},
    User{"/usr/bin/lxc-start", "LXC", {"overlay", "veth", "bridge"}},
    User{"/usr/bin/wg", "WireGuard", {"wireguard"}},
    User{"/usr/sbin/openvpn", "OpenVPN", {"tun"}},
    User{"/usr/sbin/ipsec", "IPsec", {"af_key", "xfrm_user", "esp4", "esp6"}},
    User{"/usr/sbin/libvirtd", "libvirt", {"kvm", "vhost_net", "tun", "bridge"}},
    User{"/usr/sbin/nft",
         "nftables",
         {"nf_tables", "nft_ct", "nft_masq", "nft_reject", "nf_log_syslog"}},
    User{
        "/usr/sbin/iptables", "iptables", {"ip_tables", "xt_conntrack", "xt_MASQUERADE", "xt_LOG"}},
    User{"/usr/sbin/conntrackd", "conntrack-tools", {"nf_conntrack", "nf_conntrack_netlink"}},
    User{"/sbin/cryptsetup", "cryptsetup", {"dm_crypt"}},
    User{"/usr/sbin/mount.nfs", "NFS", {"nfs", "nfsv4"}},
    User{"/sbin/mount.cifs", "CIFS", {"cifs"}},
    User{"/usr/bin/fusermount3", "FUSE", {"fuse"}},
};

constexpr std::array<std::string_view, 3> unplugged = {"usb_storage", "uas", "usbhid"};
constexpr std::string_view unit_folder = "/usr/lib/systemd/system";
constexpr std::size_t unit_limit = 256UL * 1024;

void add_users(const Root& root, std::vector<BootNeed>& needs) {
  for (const User& user : users) {
    if (!root.status(user.path)) continue;
    for (const std::string_view request : user.requests) {
      if (!request.empty())
        needs.push_back(
            {std::string(request), fmt::format("{} loads it when it is used", user.name)});
    }
  }
}

/// A host with USB gets devices that nobody has seen yet.
void add_devices(const Root& root, std::vector<BootNeed>& needs) {
  const auto devices = root.list("/sys/bus/usb/devices");
  if (!devices || devices->empty()) return;
  for (const std::string_view module : unplugged)
    needs.push_back({std::string(module), "a USB device that is plugged in later needs it"});
}

/// Units ask by way of modprobe@NAME.service (systemd, since version 245).
void add_unit_requests(std::string_view text, const std::string& unit,
                       std::vector<BootNeed>& needs) {
  constexpr std::string_view start = "modprobe@";
  constexpr std::string_view end = ".service";
  for (const std::string_view word : split_words(text)) {
    const std::size_t begin = word.find(start);
    const std::size_t stop = word.find(end, begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || stop == std::string_view::npos) continue;
    const std::string_view name = word.substr(begin + start.size(), stop - begin - start.size());
    if (!name.empty() && name.find('%') == std::string_view::npos)
      needs.push_back({utf8_text(name), unit + " asks for it"});
  }
}

void add_units(const Root& root, std::vector<BootNeed>& needs) {
  for (const Entry& entry : root.list(unit_folder).value_or(std::vector<Entry>{})) {
    if (entry.type != FileType::regular || !entry.name.ends_with(".service")) continue;
    const auto text = root.read(fmt::format("{}/{}", unit_folder, entry.name), unit_limit);
    if (!text || text->find("modprobe@") == std::string::npos) continue;
    for_each_line(*text, [&](std::string_view line, std::size_t) {
      const bool asks = line.starts_with("Wants=") || line.starts_with("Requires=");
      if (asks) add_unit_requests(line.substr(line.find('=') + 1), utf8_text(entry.name), needs);
    });
  }
}

/// Files of rules that a firewall loads, of Debian, Red Hat and ufw.
constexpr std::array<std::string_view, 8> rule_files = {
    "/etc/nftables.conf",      "/etc/iptables/rules.v4",   "/etc/iptables/rules.v6",
    "/etc/sysconfig/iptables", "/etc/sysconfig/ip6tables", "/etc/sysconfig/nftables.conf",
    "/etc/default/ufw",        "/etc/ufw/before.rules"};
constexpr std::size_t rules_limit = 16UL * 1024 * 1024;

void add_conntrack_helpers(const Root& root, std::vector<BootNeed>& needs) {
  for (const std::string_view path : rule_files) {
    const auto text = root.read(path, rules_limit);
    if (!text) continue;
    for (std::string& request : requested_helpers(*text))
      needs.push_back({std::move(request), fmt::format("a rule in {} asks for it", path)});
  }
}

}  // namespace

std::vector<BootNeed> collect_later_loads(const Root& root) {
  std::vector<BootNeed> needs;
  add_units(root, needs);
  add_users(root, needs);
  add_conntrack_helpers(root, needs);
  add_devices(root, needs);
  return needs;
}

}  // namespace kmodsec
