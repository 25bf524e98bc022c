// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/autoload.hpp"

#include <array>

#include "model/host/module_name.hpp"
#include "model/kernel/kernel_changes.hpp"

namespace kmodsec {
namespace {

struct Kind {
  std::string_view prefix;
  Autoload autoload;
};

constexpr AttackerPosition anybody = AttackerPosition::local;
constexpr AttackerPosition in_namespace = AttackerPosition::local_userns;
constexpr AttackerPosition only_root = AttackerPosition::root;

/// The request_module calls of the kernel, longest prefix first where one starts another. Read in
/// linux 6.1 and 6.12; who may get there is decided by the code in front of each call. What is in
/// already has less in front of it: tcp_set_ulp asks for a privilege only before it asks for a
/// module, while mount(2) refuses most file systems to a user namespace only after that.
constexpr std::array kernel_requests = {
    Kind{"net-pf-16-proto-16-family-", {anybody, "a generic netlink request"}},
    Kind{"net-pf-16-proto-4-type-", {anybody, "a socket diagnosis request"}},
    Kind{"net-pf-", {anybody, "socket(2)"}},
    Kind{"can-proto-", {anybody, "socket(2) of the CAN family"}},
    Kind{"bt-proto-", {anybody, "socket(2) of the Bluetooth family"}},
    Kind{"rxrpc-s", {anybody, "socket(2) of the RxRPC family"}},
    Kind{"crypto-", {anybody, "bind(2) of an AF_ALG socket"}},
    Kind{"algif-", {anybody, "bind(2) of an AF_ALG socket"}},
    Kind{"binfmt-", {anybody, "execve(2) of a file of unknown format"}},
    Kind{"tty-ldisc-", {anybody, "ioctl(TIOCSETD) on a terminal"}},
    Kind{"rdma-netlink-subsys-", {anybody, "a netlink request of RDMA"}},
    Kind{"rtnl-link-", {in_namespace, "making a network interface"}},
    Kind{"rtnl-lwt-", {in_namespace, "a route with an encapsulation"}},
    Kind{"net-sch-", {in_namespace, "a queueing discipline of tc"}},
    Kind{"net-cls-", {in_namespace, "a classifier of tc"}},
    Kind{"net-act-", {in_namespace, "an action of tc"}},
    Kind{"ematch-kind-", {in_namespace, "a match of tc"}},
    Kind{"ife-meta-", {in_namespace, "an action of tc"}},
    Kind{"nfnetlink-subsys-", {in_namespace, "a netfilter request"}},
    Kind{"nft-", {in_namespace, "a rule of nftables"}},
    Kind{"nf-flowtable-", {in_namespace, "a flow table of nftables"}},
    Kind{"nf-logger-", {in_namespace, "a rule of netfilter"}},
    Kind{"nf_conntrack", {in_namespace, "a rule of netfilter"}},
    Kind{"nf-nat", {in_namespace, "a rule of netfilter"}},
    Kind{"nfct-helper-", {in_namespace, "a rule of netfilter"}},
    Kind{"ipt_", {in_namespace, "a rule of iptables"}},
    Kind{"ip6t_", {in_namespace, "a rule of ip6tables"}},
    Kind{"arpt_", {in_namespace, "a rule of arptables"}},
    Kind{"ebt_", {in_namespace, "a rule of ebtables"}},
    Kind{"xt_", {in_namespace, "a rule of iptables"}},
    Kind{"ip_set_", {in_namespace, "a set of ipset"}},
    Kind{"xfrm-type-", {in_namespace, "an IPsec association"}},
    Kind{"xfrm-offload-", {in_namespace, "an IPsec association"}},
    Kind{"net-l2tp-type-", {in_namespace, "a session of L2TP"}},
    Kind{"vport-type-", {in_namespace, "a port of Open vSwitch"}},
    Kind{"fs-fuse", {in_namespace, "mount(2)"}},
    Kind{"fs-overlay", {in_namespace, "mount(2)"}},
    Kind{"fs-",
         {in_namespace, "mount(2)", true, AttackerPosition::physical, "mount(2) of a medium"}},
    Kind{"tcp-ulp-", {only_root, "setsockopt(TCP_ULP)", true, anybody}},
};

/// Prefixes of the MODALIAS of a device (linux: scripts/mod/file2alias.c).
constexpr std::array device_buses = {
    std::string_view{"pci:"},       std::string_view{"usb:"},      std::string_view{"hid:"},
    std::string_view{"acpi"},       std::string_view{"of:"},       std::string_view{"virtio:"},
    std::string_view{"vmbus:"},     std::string_view{"platform:"}, std::string_view{"scsi:"},
    std::string_view{"input:"},     std::string_view{"serio:"},    std::string_view{"pcmcia:"},
    std::string_view{"mmc:"},       std::string_view{"sdio:"},     std::string_view{"ieee1394:"},
    std::string_view{"i2c:"},       std::string_view{"spi:"},      std::string_view{"nd:"},
    std::string_view{"cpu:"},       std::string_view{"dmi"},       std::string_view{"tbsvc:"},
    std::string_view{"wmi:"},       std::string_view{"mdio:"},     std::string_view{"pnp:"},
    std::string_view{"hdaudio:"},   std::string_view{"xen:"},      std::string_view{"ssb:"},
    std::string_view{"bcma:"},      std::string_view{"rpmsg:"},    std::string_view{"slim:"},
    std::string_view{"typec:"},     std::string_view{"vdpa:"},     std::string_view{"auxiliary:"},
    std::string_view{"gameport:"},  std::string_view{"parport:"},  std::string_view{"w1-family-"},
    std::string_view{"isapnp:"},    std::string_view{"eisa:"},     std::string_view{"mei:"},
    std::string_view{"soundwire:"}, std::string_view{"dfl:"},      std::string_view{"ishtp:"},
    std::string_view{"mcb:"},       std::string_view{"ap:"},       std::string_view{"cdx:"}};

/// Names, or starts of names, that the kernel asks for as they are.
constexpr std::array named_requests = {
    Kind{"8021q", {anybody, "ioctl(SIOCSIFVLAN) on a socket"}},
    Kind{"bridge", {anybody, "ioctl(SIOCBRADDBR) on a socket"}},
    Kind{"algif_", {anybody, "bind(2) of an AF_ALG socket"}},
    Kind{"crypto_", {anybody, "bind(2) of an AF_ALG socket"}},
    Kind{"tcp_", {only_root, "setsockopt(TCP_CONGESTION)", true, in_namespace}},
    Kind{"sch_", {in_namespace, "a queueing discipline of tc"}},
    Kind{"cls_", {in_namespace, "a classifier of tc"}},
    Kind{"act_", {in_namespace, "an action of tc"}},
    Kind{"xt_", {in_namespace, "a rule of iptables"}},
    Kind{"ipt_", {in_namespace, "a rule of iptables"}},
    Kind{"ip6t_", {in_namespace, "a rule of ip6tables"}},
    Kind{"ebt_", {in_namespace, "a rule of ebtables"}},
    Kind{"iptable_", {in_namespace, "a table of iptables"}},
    Kind{"ip6table_", {in_namespace, "a table of ip6tables"}},
    Kind{"arptable_", {in_namespace, "a table of arptables"}},
    Kind{"ebtable_", {in_namespace, "a table of ebtables"}},
    Kind{"ip_vs_", {in_namespace, "a service of IPVS"}},
    Kind{"ip_set_", {in_namespace, "a set of ipset"}},
};

template <std::size_t N>
std::optional<Autoload> find_trigger(const std::array<Kind, N>& kinds, std::string_view name) {
  for (const Kind& kind : kinds) {
    if (starts_as_alias(name, kind.prefix)) return kind.autoload;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Autoload> autoload_of_alias(std::string_view alias, unsigned series) {
  const bool is_binfmt = starts_as_alias(alias, "binfmt-");
  if (is_binfmt && has_change(series, KernelChange::binfmt_gone)) return std::nullopt;
  if (const auto autoload = find_trigger(kernel_requests, alias)) return autoload;
  for (const std::string_view bus : device_buses) {
    if (alias.starts_with(bus))
      return Autoload{AttackerPosition::physical, "a device that is present", false};
  }
  return std::nullopt;
}

std::optional<Autoload> autoload_of_name(std::string_view module) {
  return find_trigger(named_requests, module);
}

}  // namespace kmodsec
