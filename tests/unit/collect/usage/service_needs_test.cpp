// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/service_needs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

/// Counts how often a folder is listed and a file is read.
class CountingRoot : public MemoryRoot {
 public:
  Result<std::string> read(std::string_view path, std::size_t limit) const override {
    ++counts_[std::string(path)];
    return MemoryRoot::read(path, limit);
  }

  Result<std::vector<Entry>> list(std::string_view path) const override {
    ++counts_[std::string(path)];
    return MemoryRoot::list(path);
  }

  int count(const std::string& path) const { return counts_[path]; }

 private:
  mutable std::map<std::string, int> counts_;
};

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
  root.add_file("/etc/exports", "/srv *(ro)\n");
  EXPECT_EQ(why(root, "nft-expr-masq"), "/etc/nftables.conf has rules");
  EXPECT_EQ(why(root, "xt_recent"), "/etc/iptables/rules.v4 has rules");
  EXPECT_EQ(why(root, "rtnl-link-vxlan"), "/etc/systemd/network/vpn.netdev makes such a device");
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

TEST(CollectServiceNeeds, IncludedRulesBelongToEachFileThatIncludesThem) {
  MemoryRoot root = host();
  root.add_file("/etc/nftables-a.conf", "table ip t { include \"/etc/rules/*.nft\"; }\n");
  root.add_file("/etc/nftables-b.conf", "table bridge t { include \"/etc/rules/*.nft\"; }\n");
  root.add_file("/etc/rules/a.nft", "reject\n");
  EXPECT_EQ(why(root, "nft-expr-2-reject"), "/etc/nftables-a.conf has rules");
  EXPECT_EQ(why(root, "nft-expr-7-reject"), "/etc/nftables-b.conf has rules");
}

TEST(CollectServiceNeeds, FilesForNftAreLookedAtOnce) {
  CountingRoot root;
  add_whole_installation(root);
  std::string text = "table ip t {\n";
  for (int i = 0; i < 100; ++i) text += "include \"/etc/nftables.d/*\"\n";
  root.add_file("/etc/nftables.conf", text + "}\n");
  root.add_file("/etc/nftables.d/a", "include \"/etc/nftables.d/*\"\nmasquerade\n");
  EXPECT_EQ(why(root, "nft-expr-masq"), "/etc/nftables.conf has rules");
  EXPECT_EQ(root.count("/etc/nftables.d"), 2) << "for the pattern, and for the folder itself";
  EXPECT_EQ(root.count("/etc/nftables.d/a"), 1);
}

TEST(CollectServiceNeeds, AreUnknownBeyondTheLimitsOfFilesForNft) {
  const auto needs_with = [](const std::string& text, int files) {
    MemoryRoot root = host();
    root.add_file("/etc/nftables.conf", text);
    for (int i = 0; i < files; ++i) root.add_file("/etc/rules/" + std::to_string(i), "");
    return collect_service_needs(root);
  };
  const std::string all = "include \"/etc/rules/*\"\n";
  EXPECT_TRUE(needs_with(all, 255));
  const auto many_files = needs_with(all, 256);
  ASSERT_FALSE(many_files);
  EXPECT_EQ(many_files.error().kind, ErrorKind::too_large);
  std::string again;
  std::string patterns;
  for (int i = 0; i < 1024; ++i) again += all;
  for (int i = 0; i < 65; ++i) patterns += "include \"/etc/rules/" + std::to_string(i) + "*\"\n";
  EXPECT_TRUE(needs_with(again, 1));
  for (const std::string& text : {again + all, patterns}) {
    const auto needs = needs_with(text, 1);
    ASSERT_FALSE(needs);
    EXPECT_EQ(needs.error().kind, ErrorKind::too_large);
  }
}

TEST(CollectServiceNeeds, AreUnknownWhereIncludedRulesAreTooLong) {
  MemoryRoot root = host();
  root.add_file("/etc/rules.nft", std::string(3UL << 20, '\n'));
  for (int i = 0; i < 11; ++i)
    root.add_file("/etc/nftables.d/" + std::to_string(i), "include \"/etc/rules.nft\"\n");
  const auto needs = collect_service_needs(root);
  ASSERT_FALSE(needs);
  EXPECT_EQ(needs.error().kind, ErrorKind::too_large);
}

TEST(CollectServiceNeeds, WhatIsNoFileIsPassedOver) {
  MemoryRoot root = host();
  root.add_folder("/etc/iptables/old");
  root.add_link("/etc/iptables/gone", "/nowhere");
  root.add_link("/etc/exports", "/dev/null");
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
