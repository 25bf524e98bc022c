// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/service_requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

TEST(ServiceRequests, OfADeviceOfNetworkdAreItsKind) {
  EXPECT_THAT(requests_of_netdev("[Match]\nKind=x\n[NetDev]\nName=wg0\nKind = wireguard\n"),
              ElementsAre("rtnl-link-wireguard"));
  EXPECT_THAT(requests_of_netdev("[NetDev]\n#Kind=bond\nKind=a b\n"), IsEmpty());
}

TEST(ServiceRequests, OfAMountUnitAreItsFileSystem) {
  EXPECT_THAT(requests_of_mount_unit("[Mount]\nWhat=a\nType=nfs4\n"), ElementsAre("fs-nfs4"));
  EXPECT_THAT(
      requests_of_mount_unit("[Mount]\nType=vfat\nOptions=ro,codepage=850\n"),
      ElementsAre("fs-vfat", "nls_ascii", "nls_cp437", "nls_cp850", "nls_iso8859-1", "nls_utf8"));
}

TEST(ServiceRequests, OfAConnectionAreItsType) {
  EXPECT_THAT(requests_of_connection("[connection]\nid=x\ntype=bridge\n[ipv4]\ntype=y\n"),
              ElementsAre("rtnl-link-bridge"));
}

TEST(ServiceRequests, OfNetplanAreItsKinds) {
  EXPECT_THAT(requests_of_netplan("network:\n  bonds:\n    bond0: {}\n  # vlans:\n"),
              ElementsAre("rtnl-link-bond"));
}

TEST(ServiceRequests, OfInterfacesAreTheirKinds) {
  EXPECT_THAT(requests_of_interfaces("iface br0 inet dhcp\n  bridge_ports eth0\n"),
              ElementsAre("rtnl-link-bridge"));
  EXPECT_THAT(requests_of_interfaces("auto lo\niface lo inet loopback\n"), IsEmpty());
}

TEST(ServiceRequests, OfCrypttabAreItsCiphers) {
  EXPECT_THAT(requests_of_crypttab("# comment\nroot UUID=1 none luks,discard\n"),
              IsSupersetOf({"dm_crypt", "crypto-xts", "crypto-aes"}));
  EXPECT_THAT(requests_of_crypttab("swap /dev/sda2 /dev/urandom swap,cipher=serpent-xts-plain64\n"),
              IsSupersetOf({"dm_crypt", "crypto-serpent"}));
  EXPECT_THAT(requests_of_crypttab("# root UUID=1 none luks\n\n"), IsEmpty());
}

TEST(ServiceRequests, OfMdadmAreTheLevelsOfItsArrays) {
  EXPECT_THAT(requests_of_mdadm("HOMEHOST <system>\nARRAY /dev/md/0 level=raid5 UUID=1\n"),
              ElementsAre("md-raid5", "md_mod"));
  EXPECT_THAT(requests_of_mdadm("arr /dev/md1 level=1\n"), ElementsAre("md-level-1", "md_mod"));
  EXPECT_THAT(requests_of_mdadm("ARRAY /dev/md/0 metadata=1.2 UUID=1\n"),
              IsSupersetOf({"md_mod", "md-raid0", "md-raid1", "md-raid10"}));
  EXPECT_THAT(requests_of_mdadm("# ARRAY /dev/md0\nMAILADDR root\n"), IsEmpty());
}

TEST(ServiceRequests, OfSysctlAreWhatItNames) {
  EXPECT_THAT(requests_of_sysctl("net.ipv4.tcp_congestion_control = bbr\n"
                                 "-net/core/default_qdisc=fq\n"
                                 "net.bridge.bridge-nf-call-iptables=1\nvm.swappiness=1\n"),
              ElementsAre("br_netfilter", "sch_fq", "tcp_bbr"));
}

TEST(ServiceRequests, OfAMapAreItsFileSystems) {
  EXPECT_THAT(requests_of_automount_map("data -fstype=cifs,rw ://server/x\n# -fstype=nfs\n"),
              ElementsAre("fs-cifs", "nls_ascii", "nls_iso8859-1", "nls_utf8"));
}

TEST(ServiceRequests, OfExportsIsTheServer) {
  EXPECT_THAT(requests_of_exports("# nothing\n"), IsEmpty());
  EXPECT_THAT(requests_of_exports("/srv *(ro)\n"), ElementsAre("nfsd"));
}

}  // namespace
}  // namespace kmodsec
