// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/service_needs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "collect/usage/known_services.hpp"
#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

MemoryRoot host() {
  MemoryRoot root;
  add_whole_installation(root);
  return root;
}

/// Why a request is needed; empty where it is not.
std::string why(const Root& root, std::string_view request) {
  const auto needs = collect_service_needs(root);
  if (!needs) return "unseen: " + to_string(needs.error());
  const auto need = std::ranges::find(*needs, request, &BootNeed::request);
  return need == needs->end() ? "" : need->why;
}

TEST(CollectServiceNeeds, OfABareHostAreNone) {
  const auto needs = collect_service_needs(host());
  ASSERT_TRUE(needs) << to_string(needs.error());
  EXPECT_TRUE(needs->empty()) << needs->front().request << " " << needs->front().why;
}

TEST(CollectServiceNeeds, AreThoseOfInstalledPrograms) {
  MemoryRoot root = host();
  root.add_file("/usr/bin/dockerd", "");
  root.add_file("/usr/bin/wg", "");
  EXPECT_EQ(why(root, "overlay"), "/usr/bin/dockerd is installed");
  EXPECT_EQ(why(root, "xt_MASQUERADE"), "/usr/bin/dockerd is installed");
  EXPECT_EQ(why(root, "wireguard"), "/usr/bin/wg is installed");
  EXPECT_EQ(why(root, "kvm"), "");
}

TEST(CollectServiceNeeds, AreThoseOfConfiguration) {
  MemoryRoot root = host();
  root.add_file("/etc/nftables.conf", "table ip nat { chain c { masquerade } }");
  root.add_file("/etc/iptables/rules.v4", "*filter\n-A INPUT -m recent -j LOG\n");
  root.add_file("/etc/systemd/network/vpn.netdev", "[NetDev]\nKind=vxlan\n");
  root.add_file("/etc/crypttab", "home UUID=1 none luks\n");
  root.add_file("/etc/exports", "/srv *(ro)\n");
  EXPECT_EQ(why(root, "nft-expr-masq"), "/etc/nftables.conf has rules");
  EXPECT_EQ(why(root, "xt_recent"), "/etc/iptables/rules.v4 has rules");
  EXPECT_EQ(why(root, "rtnl-link-vxlan"), "/etc/systemd/network/vpn.netdev makes such a device");
  EXPECT_EQ(why(root, "dm_crypt"), "/etc/crypttab has an encrypted disk");
  EXPECT_EQ(why(root, "nfsd"), "/etc/exports exports folders");
}

TEST(CollectServiceNeeds, AreThoseOfIncludedRules) {
  MemoryRoot root = host();
  root.add_file("/etc/nftables.conf",
                "table ip nat {\n}\ninclude \"/etc/rules/*.nft\"\ninclude \"more.nft\"\n");
  root.add_file("/etc/rules/a.nft", "include \"/etc/nftables.conf\"\n  masquerade\n");
  root.add_file("/etc/rules/b.txt", "synproxy\n");
  root.add_file("/etc/more.nft", "tproxy\n");
  EXPECT_EQ(why(root, "nft-expr-masq"), "/etc/nftables.conf has rules");
  EXPECT_EQ(why(root, "nft-expr-tproxy"), "/etc/nftables.conf has rules");
  EXPECT_EQ(why(root, "nft-expr-synproxy"), "");
}

TEST(CollectServiceNeeds, AreUnknownWhereRulesAreIncludedFromElsewhere) {
  for (const std::string include :
       {"/srv/rules.nft", "./rules.nft", "/etc/../srv/a.nft", "/etc/*/a.nft", "/etc/gone.nft"}) {
    MemoryRoot root = host();
    root.add_file("/etc/nftables.conf", "include \"" + include + "\"\n");
    EXPECT_FALSE(collect_service_needs(root)) << include;
  }
}

TEST(CollectServiceNeeds, WhatIsNoFileIsPassedOver) {
  MemoryRoot root = host();
  root.add_folder("/etc/iptables/old");
  root.add_link("/etc/iptables/gone", "/nowhere");
  root.add_link("/etc/crypttab", "/dev/null");
  EXPECT_TRUE(collect_service_needs(root));
}

TEST(CollectServiceNeeds, AreUnknownWhereAPlaceIsHidden) {
  MemoryRoot root = host();
  root.add_file("/etc/NetworkManager/system-connections/a", "[connection]\ntype=bridge\n");
  FaultyRoot faulty(root);
  for (const std::string path : {"/usr/sbin", "/etc/NetworkManager/system-connections",
                                 "/etc/NetworkManager/system-connections/a"}) {
    faulty.fail_on(path, ErrorKind::denied);
    EXPECT_FALSE(collect_service_needs(faulty)) << path;
  }
  EXPECT_FALSE(collect_service_needs(MemoryRoot())) << "nothing was captured";
}

TEST(KnownServices, GroupsAreResolved) {
  for (const KnownService& service : known_services()) {
    const auto requests = requests_of(service);
    EXPECT_FALSE(requests.empty()) << service.program;
    for (const std::string& request : requests)
      EXPECT_FALSE(request.starts_with('@')) << service.program << " " << request;
  }
}

}  // namespace
}  // namespace kmodsec::test
