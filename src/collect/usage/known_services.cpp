// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/known_services.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

struct Group {
  std::string_view name;
  std::string_view requests;
};

/// What several services ask for.
constexpr auto groups = std::to_array<Group>({
    {"@nat",
     "nf_tables nft_compat nft_chain_nat nft_ct nft_nat nft_masq nf_nat nf_conntrack "
     "nf_conntrack_netlink ip_tables iptable_filter iptable_nat ip6_tables ip6table_filter "
     "ip6table_nat xt_conntrack xt_MASQUERADE xt_nat xt_addrtype xt_comment xt_mark xt_multiport "
     "xt_tcpudp"},
    {"@containers", "overlay veth bridge br_netfilter"},
    {"@kubernetes",
     "vxlan ipip dummy ip_vs ip_vs_rr ip_vs_wrr ip_vs_sh ip_set ip_set_hash_ip xt_set "
     "xt_statistic xt_physdev"},
    {"@ipsec",
     "af_key xfrm_user xfrm_interface esp4 esp6 ah4 ah6 ipcomp ipcomp6 xfrm4_tunnel xfrm6_tunnel "
     "xfrm-type-2-50 xfrm-type-10-50 authenc echainiv seqiv crypto-gcm crypto-ccm crypto-cbc "
     "crypto-ctr crypto-cmac crypto-hmac crypto-aes crypto-sha1 crypto-sha256 crypto-sha512 "
     "crypto-chacha20poly1305 ip_vti ip6_vti"},
    {"@machines", "kvm kvm_intel kvm_amd vhost_net vhost_vsock tun tap macvtap bridge"},
});

/// By what each asks for itself: the documentation of each, its unit, and what it loads by
/// modprobe. Sorted by program.
constexpr auto services = std::to_array<KnownService>({
    {"VBoxService", "vboxguest vboxsf vboxvideo"},
    {"automount", "autofs4 autofs"},
    {"batctl", "batman_adv"},
    {"bcache", "bcache"},
    {"bluetoothctl",
     "bluetooth bnep rfcomm hidp uhid algif_hash algif_skcipher crypto-cmac crypto-ecb crypto-aes"},
    {"candump", "can can_raw"},
    {"ceph", "ceph rbd"},
    {"charon-systemd", "@ipsec"},
    {"containerd", "@nat @containers"},
    {"crio", "@nat @containers @kubernetes"},
    {"cupsd", "usblp lp ppdev parport_pc"},
    {"ddcutil", "i2c_dev"},
    {"dockerd", "@nat @containers ip_vs ip_vs_rr vxlan xt_ipvs macvlan ipvlan dummy xfrm_user"},
    {"drbdadm", "drbd"},
    {"ebtables", "ebtables ebtable_filter ebtable_nat"},
    {"firewalld", "@nat nft_fib nft_fib_inet nft_reject nft_reject_inet nft_limit nft_log ip_set"},
    {"fusermount", "fuse"},
    {"fusermount3", "fuse"},
    {"hv_kvp_daemon", "hv_utils hv_vmbus"},
    {"i2cdetect", "i2c_dev"},
    {"ibv_devices", "ib_uverbs ib_core rdma_ucm rdma_cm ib_umad"},
    {"incusd", "@nat @containers macvlan ipvlan"},
    {"ipmitool", "ipmi_devintf ipmi_si"},
    {"ipmiutil", "ipmi_devintf ipmi_si"},
    {"ipsec", "@ipsec"},
    {"ipset",
     "ip_set ip_set_hash_ip ip_set_hash_net ip_set_hash_ipport ip_set_list_set ip_set_bitmap_port "
     "xt_set"},
    {"ipvsadm", "ip_vs ip_vs_rr ip_vs_wrr ip_vs_lc ip_vs_wlc ip_vs_sh"},
    {"iscsid", "iscsi_tcp libiscsi libiscsi_tcp scsi_transport_iscsi"},
    {"iwd",
     "algif_hash algif_skcipher crypto-cmac crypto-ecb crypto-md4 crypto-des3_ede "
     "pkcs8_key_parser"},
    {"k3s", "@nat @containers @kubernetes"},
    {"keepalived", "ip_vs ip_vs_rr ip_vs_wrr ip_vs_lc ip_vs_wlc ip_vs_sh dummy macvlan"},
    {"ksmbd.mountd", "ksmbd"},
    {"kubelet", "@nat @containers @kubernetes"},
    {"libvirtd", "@nat @machines"},
    {"lvm", "dm_mod dm_mirror dm_raid dm_snapshot dm_thin_pool"},
    {"lxc-start", "@nat @containers macvlan ipvlan"},
    {"lxd", "@nat @containers macvlan ipvlan"},
    {"make-bcache", "bcache"},
    {"mdadm", "md_mod raid0 raid1 raid10 raid456 linear"},
    {"mount.ceph", "ceph"},
    {"mount.cifs", "fs-cifs"},
    {"mount.nfs", "fs-nfs nfsv3 nfsv4 rpcsec_gss_krb5 auth_rpcgss"},
    {"mount.ntfs-3g", "fuse"},
    {"mount.vboxsf", "vboxsf"},
    {"multipathd",
     "dm_multipath dm_round_robin dm_queue_length dm_service_time scsi_dh_alua scsi_dh_emc "
     "scsi_dh_rdac"},
    {"nbd-client", "nbd"},
    {"nebula", "tun"},
    {"nvme", "nvme_tcp nvme_fabrics"},
    {"openconnect", "tun"},
    {"openvpn", "tun ovpn ovpn-dco-v2"},
    {"ovs-vswitchd", "openvswitch vport-vxlan vport-geneve vport-gre"},
    {"pluto", "@ipsec"},
    {"podman", "@nat @containers fuse tun"},
    {"pppd", "ppp_generic ppp_async ppp_synctty ppp_deflate ppp_mppe bsd_comp pppox pppoe slhc"},
    {"ptp4l", "ptp"},
    {"qemu-ga", "virtio_console virtio_pci"},
    {"qemu-system-aarch64", "kvm vhost_net tun"},
    {"qemu-system-x86_64", "@machines"},
    {"rbd", "rbd"},
    {"rdmsr", "msr"},
    {"rpc.gssd", "rpcsec_gss_krb5 auth_rpcgss"},
    {"sane-find-scanner", "sg"},
    {"slcand", "slcan can can_raw"},
    {"snap", "fs-squashfs loop"},
    {"swanctl", "@ipsec"},
    {"systemd-nspawn",
     "veth bridge tun macvlan ipvlan overlay nf_tables nft_chain_nat nft_masq nft_nat"},
    {"tailscaled", "@nat tun"},
    {"targetctl",
     "target_core_mod target_core_file target_core_iblock target_core_user iscsi_target_mod"},
    {"teamd",
     "team team_mode_activebackup team_mode_loadbalance team_mode_roundrobin team_mode_broadcast"},
    {"tincd", "tun"},
    {"turbostat", "msr"},
    {"ufw", "@nat nf_log_syslog xt_LOG xt_limit xt_hl xt_recent ip6t_rt nft_limit nft_log"},
    {"usbip", "vhci_hcd usbip_core"},
    {"virtqemud", "@nat @machines"},
    {"vmtoolsd", "vmw_vmci vmw_vsock_vmci_transport vmw_balloon vmwgfx vmw_pvscsi vmxnet3"},
    {"watchdog", "softdog iTCO_wdt"},
    {"wg", "wireguard rtnl-link-wireguard"},
    {"wpa_supplicant", "crypto-ccm crypto-gcm crypto-cmac crypto-aes michael_mic"},
    {"x86_energy_perf_policy", "msr"},
    {"xl2tpd", "l2tp_ppp l2tp_netlink l2tp_core pppox pppol2tp"},
    {"zerotier-one", "tun"},
    {"zpool", "zfs"},
});

static_assert(std::ranges::is_sorted(services, {}, &KnownService::program));

}  // namespace

std::span<const KnownService> known_services() { return services; }

std::vector<std::string> requests_of(const KnownService& service) {
  std::vector<std::string> requests;
  for (const std::string_view word : split_words(service.requests)) {
    const auto group = std::ranges::find(groups, word, &Group::name);
    if (group == groups.end()) {
      requests.emplace_back(word);
      continue;
    }
    for (const std::string_view one : split_words(group->requests)) requests.emplace_back(one);
  }
  return requests;
}

}  // namespace kmodsec
