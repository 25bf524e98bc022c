// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/outside_peers.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kmodsec {
namespace {

struct Peer {
  std::string_view module;
  AttackerPosition position = AttackerPosition::root;
  std::string_view what;
};

constexpr AttackerPosition guest = AttackerPosition::guest;
constexpr AttackerPosition adjacent = AttackerPosition::adjacent;

/// Modules whose code takes what a peer sends, before anybody on the host has done a thing but
/// start the service. Kept by hand: no alias tells it.
constexpr std::array peers = {
    Peer{"kvm", guest, "an exit of a virtual machine"},
    Peer{"kvm_intel", guest, "an exit of a virtual machine"},
    Peer{"kvm_amd", guest, "an exit of a virtual machine"},
    Peer{"vhost", guest, "the queues of a virtual device"},
    Peer{"vhost_iotlb", guest, "the queues of a virtual device"},
    Peer{"vringh", guest, "the queues of a virtual device"},
    Peer{"vhost_net", guest, "the queues of a virtual network card"},
    Peer{"vhost_scsi", guest, "the queues of a virtual disk"},
    Peer{"vhost_vsock", guest, "the queues of a virtual socket"},
    Peer{"vhost_vdpa", guest, "the queues of a virtual device"},
    Peer{"xen_netback", guest, "the rings of a Xen network card"},
    Peer{"xen_blkback", guest, "the rings of a Xen disk"},
    Peer{"xen_scsiback", guest, "the rings of a Xen disk"},
    Peer{"xen_pciback", guest, "the configuration of a device lent to a Xen guest"},
    Peer{"vfio_pci", guest, "a device lent to a virtual machine"},
    Peer{"vfio_pci_core", guest, "a device lent to a virtual machine"},
    Peer{"bluetooth", adjacent, "Bluetooth packets"},
    Peer{"cfg80211", adjacent, "Wi-Fi frames"},
    Peer{"mac80211", adjacent, "Wi-Fi frames"},
    Peer{"nfc", adjacent, "an NFC tag or device"},
    Peer{"nci", adjacent, "an NFC tag or device"},
    Peer{"ieee802154", adjacent, "IEEE 802.15.4 frames"},
    Peer{"mac802154", adjacent, "IEEE 802.15.4 frames"},
    Peer{"ax25", adjacent, "AX.25 frames"},
    Peer{"netrom", adjacent, "AX.25 frames"},
    Peer{"rose", adjacent, "AX.25 frames"},
    Peer{"can", adjacent, "frames of the CAN bus"},
    Peer{"batman_adv", adjacent, "frames of the mesh"},
    Peer{"tipc", adjacent, "packets of a TIPC bearer"},
    Peer{"sctp", adjacent, "SCTP packets"},
    Peer{"dccp_ipv4", adjacent, "DCCP packets"},
    Peer{"rds_tcp", adjacent, "connections to the RDS port"},
    Peer{"rxrpc", adjacent, "RxRPC packets"},
    Peer{"wireguard", adjacent, "packets to its port"},
    Peer{"ksmbd", adjacent, "requests to the SMB server"},
    Peer{"nfsd", adjacent, "requests to the NFS server"},
    Peer{"lockd", adjacent, "requests to the NFS lock server"},
    Peer{"sunrpc", adjacent, "requests to an RPC server"},
    Peer{"rpcrdma", adjacent, "requests to an RPC server"},
    Peer{"iscsi_target_mod", adjacent, "requests to the iSCSI target"},
    Peer{"nvmet", adjacent, "requests to the NVMe target"},
    Peer{"nvmet_tcp", adjacent, "requests to the NVMe target"},
    Peer{"nvmet_rdma", adjacent, "requests to the NVMe target"},
    Peer{"rtrs_server", adjacent, "requests to the RTRS server"},
    Peer{"drbd", adjacent, "packets of the other node"},
    Peer{"dlm", adjacent, "packets of the other nodes"},
    Peer{"ocfs2_nodemanager", adjacent, "packets of the other nodes"},
    Peer{"8021q", adjacent, "tagged frames"},
    Peer{"bridge", adjacent, "frames to a port"},
    Peer{"mrp", adjacent, "MRP frames"},
    Peer{"garp", adjacent, "GARP frames"},
    Peer{"llc", adjacent, "LLC frames"},
    Peer{"appletalk", adjacent, "AppleTalk packets"},
};

/// A driver of a radio hands on what it hears to one of these.
constexpr std::array radio_stacks = {std::string_view{"cfg80211"}, std::string_view{"mac80211"},
                                     std::string_view{"bluetooth"}, std::string_view{"nfc"},
                                     std::string_view{"ieee802154"}};

const Peer* find_peer(std::string_view module) {
  const auto peer = std::ranges::find(peers, module, &Peer::module);
  return peer == peers.end() ? nullptr : &*peer;
}

}  // namespace

Attacker outside_peer_of(std::string_view module, const std::vector<std::string>& depends) {
  if (const Peer* peer = find_peer(module)) return {peer->position, std::string(peer->what)};
  for (const std::string_view stack : radio_stacks) {
    if (std::ranges::find(depends, stack) != depends.end())
      return {AttackerPosition::adjacent, fmt::format("{}, by {}", find_peer(stack)->what, stack)};
  }
  return {};
}

}  // namespace kmodsec
