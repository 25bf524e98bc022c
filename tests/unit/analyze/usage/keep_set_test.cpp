// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/keep_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/loading/modprobe_conf.hpp"
#include "support/usage_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t now = 1'790'000'000;
constexpr std::int64_t day = 24L * 3600;

Facts host() {
  return host_with({kernel_with("6.1",
                                {{"e1000", "kernel/drivers/net/ethernet/e1000.ko", {"mdio"}},
                                 {"mdio", "kernel/drivers/net/mdio.ko", {}},
                                 {"isofs", "kernel/fs/isofs.ko", {"cdrom"}},
                                 {"cdrom", "kernel/drivers/cdrom.ko", {}},
                                 {"aes_generic", "kernel/crypto/aes_generic.ko", {}},
                                 {"aesni_intel", "kernel/arch/aesni.ko", {"cryptd"}},
                                 {"cryptd", "kernel/crypto/cryptd.ko", {}},
                                 {"sctp", "kernel/net/sctp.ko", {"crc"}},
                                 {"crc", "kernel/lib/crc.ko", {}}},
                                {{"pci:v00008086d*", "e1000"},
                                 {"fs-isofs", "isofs"},
                                 {"crypto-aes", "aes_generic"},
                                 {"crypto-aes-all", "aesni_intel"},
                                 {"net-pf-2-proto-132", "sctp"}})});
}

KeepSet set_of(const Facts& facts, std::vector<UsageRecord> records = {UsageRecord{}},
               std::vector<KeepClass> classes = {}) {
  return keep_set(facts, records, classes);
}

UsedModule used(const std::string& module, std::uint32_t boots = 3, std::int64_t last = now) {
  return {.module = module, .first_seen = 1, .last_seen = last, .boots = boots};
}

UsageRecord record_of(std::vector<UsedModule> modules) {
  return {.machine = "m", .boots = {}, .modules = std::move(modules)};
}

std::string why(const KeepSet& set, std::string_view module) {
  for (const KeptForUse& kept : set.kept) {
    if (kept.module == module) return std::string(to_string(kept.cause)) + ": " + kept.reason;
  }
  return "closed";
}

TEST(KeepSet, OfAHostThatAsksForNothingIsEmpty) {
  const KeepSet set = set_of(host());
  EXPECT_THAT(set.kept, IsEmpty());
  EXPECT_EQ(set.closed.size(), 9U);
  EXPECT_THAT(set.unseen, IsEmpty());
}

TEST(KeepSet, HasWhatWasUsedAndWhatThatNeeds) {
  const KeepSet set = set_of(host(), {record_of({used("isofs")})});
  EXPECT_THAT(kept_names(set), ElementsAre("cdrom", "isofs"));
  EXPECT_EQ(why(set, "isofs"), "used: used in 3 boots, last on 2026-09-21");
  EXPECT_EQ(why(set, "cdrom"), "needed: isofs needs it");
}

TEST(KeepSet, OfNamesAloneKeepsTheSame) {
  const std::vector<UsageRecord> records = {
      record_of({used("isofs"), used("crc", 1, now - 90 * day)})};
  const KeepSet whole = keep_set(host(), records, {});
  const KeepSet names = keep_set(host(), records, {}, KeepSetDetail::names);
  EXPECT_EQ(kept_names(names), kept_names(whole));
  EXPECT_EQ(closed_names(names), closed_names(whole));
  EXPECT_EQ(whole.rarely.size(), 1U);
  EXPECT_THAT(names.rarely, IsEmpty());
}

TEST(KeepSet, HasTheUnionOfRecords) {
  const KeepSet set = set_of(host(), {record_of({used("isofs")}), record_of({used("crc")})});
  EXPECT_THAT(kept_names(set), ElementsAre("cdrom", "crc", "isofs"));
}

TEST(KeepSet, SaysFromWhereANameWasImported) {
  UsedModule imported = used("crc", 0);
  imported.imported_from = "/root/list";
  EXPECT_EQ(why(set_of(host(), {record_of({imported})}), "crc"), "used: imported from /root/list");
}

TEST(KeepSet, HasTheDriversOfDevices) {
  Facts facts = host();
  facts.devices = std::vector<Device>{{"pci:v00008086d0000100E", "pci0000:00/0000:00:03.0", ""}};
  const KeepSet set = set_of(facts);
  EXPECT_THAT(kept_names(set), ElementsAre("e1000", "mdio"));
  EXPECT_EQ(why(set, "e1000"), "hardware: the device pci0000:00/0000:00:03.0 is there");
}

TEST(KeepSet, HasWhatBootAndServicesAskFor) {
  Facts facts = host();
  facts.needs = std::vector<BootNeed>{{"fs-isofs", "/etc/fstab mounts /cdrom as isofs"}};
  facts.service_needs = std::vector<BootNeed>{{"net-pf-2-proto-132", "/usr/bin/x is installed"}};
  const KeepSet set = set_of(facts);
  EXPECT_EQ(why(set, "isofs"), "boot: /etc/fstab mounts /cdrom as isofs");
  EXPECT_EQ(why(set, "sctp"), "service: /usr/bin/x is installed");
  EXPECT_EQ(why(set, "crc"), "needed: sctp needs it");
}

TEST(KeepSet, HasWhatAnImageOfThisHostHas) {
  Facts facts = host();
  InitramfsImage image{.path = "/boot/initrd"};
  image.index = {{"isofs", "kernel/isofs.ko", {}}};
  facts.trees[0].initramfs_images = std::vector{image};
  EXPECT_EQ(why(set_of(facts), "isofs"), "boot: /boot/initrd has it");
  for (int i = 0; i < 300; ++i) image.index.push_back({"m" + std::to_string(i), "", {}});
  facts.trees[0].initramfs_images = std::vector{image};
  EXPECT_EQ(why(set_of(facts), "isofs"), "closed") << "it was made for any host";
  image.load.at_boot = {{.name = "isofs", .source = "/boot/initrd:/conf/modules"}};
  facts.trees[0].initramfs_images = std::vector{image};
  EXPECT_EQ(why(set_of(facts), "isofs"), "boot: /boot/initrd:/conf/modules loads it at boot");
}

TEST(KeepSet, HasWhatThePolicyNames) {
  Facts facts = host();
  facts.policy->keep.modules = {"crc"};
  facts.policy->deny.except = {"cdrom"};
  facts.policy->load = {"mdio"};
  facts.policy->keep_profile_modules = {"cryptd"};
  const KeepSet set = set_of(facts);
  EXPECT_THAT(kept_names(set), ElementsAre("cdrom", "crc", "cryptd", "mdio"));
  EXPECT_EQ(why(set, "crc"), "policy: keep.modules of the policy names it");
}

TEST(KeepSet, SaysWhichNamesNobodyKnows) {
  Facts facts = host();
  facts.trees[0].builtin->push_back({"ext4", "kernel/fs/ext4.ko", {}});
  facts.policy->keep.modules = {"crc", "ext4", "fs-isofs", "floppi"};
  facts.policy->keep.classes = {"ours", "theirs"};
  const KeepClass ours{"ours", "T", {}};
  EXPECT_THAT(set_of(facts, {UsageRecord{}}, {ours}).unknown, ElementsAre("floppi", "theirs"));
}

TEST(KeepSet, HasTheClassesOfThePolicy) {
  Facts facts = host();
  const KeepClass cards{"cards", "T", {{.path = "kernel/drivers/net/", .reason = "Cards."}}};
  const KeepClass ciphers{"ciphers", "T", {{.alias = "crypto-*", .reason = "Ciphers."}}};
  const KeepClass one{"one", "T", {{.module = "crc", .reason = "One."}}};
  facts.policy->keep.classes = {"cards", "ciphers"};
  const KeepSet set = set_of(facts, {UsageRecord{}}, {cards, ciphers, one});
  EXPECT_THAT(kept_names(set),
              ElementsAre("aes_generic", "aesni_intel", "cryptd", "e1000", "mdio"));
  EXPECT_EQ(why(set, "e1000"), "class: Cards.");
  EXPECT_EQ(why(set, "crc"), "closed");
}

TEST(KeepSet, HasWhatAnswersForTheSameCipher) {
  const KeepSet set = set_of(host(), {record_of({used("aes_generic")})});
  EXPECT_THAT(kept_names(set), ElementsAre("aes_generic", "aesni_intel", "cryptd"));
  EXPECT_EQ(why(set, "aesni_intel"), "alternative: answers crypto_aes as aes_generic does");
}

TEST(KeepSet, FollowsSoftAndWeakDependencies) {
  Facts facts = host();
  facts.trees[0].softdeps->push_back({"isofs", {"crypto-aes"}, {"sctp"}, 1});
  facts.trees[0].weakdeps = parse_modprobe_conf("weakdep isofs e1000\n", "modules.weakdep").lines;
  const KeepSet set = set_of(facts, {record_of({used("isofs")})});
  EXPECT_EQ(why(set, "aes_generic"), "needed: a softdep of isofs names it");
  EXPECT_EQ(why(set, "sctp"), "needed: a softdep of isofs names it");
  EXPECT_EQ(why(set, "e1000"), "needed: isofs may load it later");
}

TEST(KeepSet, FollowsTheInstallLinesOfOthers) {
  Facts facts = host();
  facts.load = parse_modprobe_conf(
      "install isofs /sbin/modprobe e1000\ninstall isofs /sbin/modprobe aes_generic\n"
      "install net-pf-99 modprobe -q crypto-aes\ninstall crc /bin/false\n",
      "/etc/modprobe.d/local.conf");
  KeepSet set = set_of(facts, {record_of({used("isofs")})});
  EXPECT_EQ(why(set, "e1000"), "needed: the install line of isofs has modprobe load it");
  EXPECT_EQ(why(set, "mdio"), "needed: e1000 needs it");
  EXPECT_EQ(why(set, "aes_generic"), "closed") << "the first line counts";
  facts.needs = std::vector<BootNeed>{{"net-pf-99", "boot asks for it"}};
  set = set_of(facts);
  EXPECT_EQ(why(set, "aes_generic"), "boot: boot asks for it");
  EXPECT_EQ(why(set, "sctp"), "closed");
}

TEST(KeepSet, TakesNoInstallLineOfOursForOne) {
  Facts facts = host();
  facts.load =
      parse_modprobe_conf("install isofs modprobe e1000\n", "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_EQ(why(set_of(facts, {record_of({used("isofs")})}), "e1000"), "closed");
}

TEST(KeepSet, HasAGapWhereTheRootFileSystemIsNotKnown) {
  Facts facts = host();
  facts.untyped_mounts = {{"/", "its file system could not be seen"}};
  facts.unseen_needs = {{"/etc/crypttab", "not for this user"}};
  EXPECT_THAT(set_of(facts).unseen, SizeIs(2));
}

TEST(KeepSet, JudgesAsIfNothingOfOursWereDenied) {
  Facts facts = host();
  facts.trees[0].softdeps->push_back({"isofs", {"crc"}, {}, 1});
  facts.load = parse_modprobe_conf(
      "softdep isofs pre:\ninstall isofs /bin/false\nblacklist isofs\ninstall sctp /bin/false\n"
      "blacklist sctp\n",
      "/etc/modprobe.d/00-kmodsec-deny.conf");
  const KeepSet set = set_of(facts, {record_of({used("isofs")})});
  EXPECT_EQ(why(set, "crc"), "needed: a softdep of isofs names it");
  for (const ClosedModule& closed : set.closed) {
    if (closed.module == "sctp") {
      EXPECT_EQ(closed.reach.position, AttackerPosition::local);
    }
  }
}

TEST(KeepSet, HasWhatIsLoadedButForWhatIsDenied) {
  Facts facts = host();
  add_loaded(facts, "isofs");
  add_loaded(facts, "sctp");
  EXPECT_EQ(why(set_of(facts), "sctp"), "loaded: loaded now");
  facts.load = parse_modprobe_conf("install sctp /bin/false\nblacklist sctp\n",
                                   "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_EQ(why(set_of(facts), "sctp"), "closed");
  EXPECT_EQ(why(set_of(facts), "isofs"), "loaded: loaded now");
}

TEST(KeepSet, TheStrongestCauseCounts) {
  Facts facts = host();
  facts.needs = std::vector<BootNeed>{{"fs-isofs", "fstab"}};
  facts.policy->keep.modules = {"isofs"};
  add_loaded(facts, "isofs");
  EXPECT_EQ(why(set_of(facts, {record_of({used("isofs")})}), "isofs"),
            "policy: keep.modules of the policy names it");
}

TEST(KeepSet, FollowsAnAliasIntoANewKernel) {
  Facts facts = host();
  facts.trees.push_back(kernel_with("6.12",
                                    {{"e1000_new", "kernel/e1000_new.ko", {"core"}},
                                     {"core", "kernel/core.ko", {}},
                                     {"other", "kernel/other.ko", {}}},
                                    {{"pci:v00008086d*", "e1000_new"}, {"pci:v9*", "other"}}));
  const KeepSet set = set_of(facts, {record_of({used("e1000")})});
  EXPECT_THAT(kept_names(set), ElementsAre("core", "e1000", "e1000_new", "mdio"));
  EXPECT_EQ(why(set, "e1000_new"),
            "needed: has the alias pci:v00008086d*, which leads to e1000 in 6.1");
  EXPECT_THAT(closed_names(set), Contains("other"));
}

TEST(KeepSet, AnAliasThatStaysBringsNothing) {
  Facts facts = host();
  facts.trees.push_back(
      kernel_with("6.12", {{"e1000", "kernel/e1000.ko", {}}, {"copy", "kernel/copy.ko", {}}},
                  {{"pci:v00008086d*", "copy"}, {"pci:v00008086d*", "e1000"}}));
  EXPECT_EQ(why(set_of(facts, {record_of({used("e1000")})}), "copy"), "closed");
}

TEST(KeepSet, WhatHadTheAliasBeforeIsNoSuccessor) {
  Facts facts = host();
  facts.trees[0].index->push_back({"copy", "kernel/copy.ko", {}});
  facts.trees[0].aliases->push_back({"pci:v00008086d*", "copy"});
  facts.trees.push_back(
      kernel_with("6.12", {{"copy", "kernel/copy.ko", {}}}, {{"pci:v00008086d*", "copy"}}));
  EXPECT_EQ(why(set_of(facts, {record_of({used("e1000")})}), "copy"), "closed");
}

TEST(KeepSet, HasWhatIsBuiltIntoTheRunningKernelAndAModuleOfTheNext) {
  Facts facts = host();
  facts.trees[0].builtin = std::vector<BuiltinModule>{{"ext4", "kernel/fs/ext4/ext4.ko", {}}};
  facts.trees.push_back(kernel_with(
      "6.2", {{"ext4", "kernel/fs/ext4/ext4.ko", {"jbd2"}}, {"jbd2", "kernel/fs/jbd2.ko", {}}},
      {}));
  EXPECT_EQ(why(set_of(facts), "ext4"), "needed: is built into 6.1, which runs now");
  EXPECT_EQ(why(set_of(facts), "jbd2"), "needed: ext4 needs it");
  facts.kernel.release = "6.2";
  EXPECT_EQ(why(set_of(facts), "ext4"), "closed");
}

TEST(KeepSet, ListsWhatWasUsedOnceLongAgo) {
  Facts facts = host();
  facts.needs = std::vector<BootNeed>{{"fs-isofs", "fstab"}};
  const KeepSet set = set_of(
      facts, {record_of({used("sctp", 1, now - 40 * day), used("isofs", 1, now - 40 * day),
                         used("mdio", 1, now - 2 * day), used("cryptd", 5, now - 40 * day)})});
  ASSERT_EQ(set.rarely.size(), 1U);
  EXPECT_EQ(set.rarely[0].module, "sctp");
  EXPECT_EQ(set.rarely[0].last_seen, now - 40 * day);
}

TEST(KeepSet, SaysWhatHidesTheRest) {
  const auto gaps = [](auto change) {
    Facts facts = host();
    change(facts);
    return set_of(facts).unseen.size();
  };
  EXPECT_EQ(gaps([](Facts& facts) { facts.devices = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.installed = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.masked->modules = {{"/lib/modules", "hidden"}}; }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.load->unseen = {{"/etc/modprobe.d/a.conf", "no"}}; }),
            1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.service_needs = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.needs = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.loaded = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.policy = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.trees[0].index = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.trees[0].aliases = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.trees[0].softdeps = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.trees[0].builtin = not_seen(); }), 1U);
  EXPECT_EQ(gaps([](Facts& facts) { facts.trees[0].initramfs_images = not_seen(); }), 1U);
}

TEST(KeepSet, ClosesNothingWithoutTheConfiguration) {
  Facts facts = host();
  facts.load = not_seen();
  const KeepSet set = set_of(facts);
  EXPECT_THAT(set.closed, IsEmpty());
  EXPECT_EQ(set.unseen.size(), 1U);
}

TEST(KeepSet, TakesNoNameThatIsNone) {
  Facts facts = host();
  facts.trees[0].index->push_back({"x /bin/sh #", "kernel/x.ko", {}});
  const KeepSet set = set_of(facts);
  EXPECT_EQ(set.closed.size(), 9U);
  EXPECT_EQ(set.unseen.size(), 1U);
}

TEST(KeepSet, OneGapForAllNamesOfAKernelThatAreNone) {
  Facts facts = host();
  const std::size_t before = set_of(facts).unseen.size();
  for (const char* name : {"a b", "c d", "e\nf"})
    facts.trees.front().index->push_back({name, "kernel/x.ko", {}});
  const KeepSet set = set_of(facts);
  ASSERT_EQ(set.unseen.size(), before + 1);
  EXPECT_THAT(set.unseen, Contains(::testing::Field(
                              &Unseen::why, "has 3 modules whose name is none, the first is a b")));
}

}  // namespace
}  // namespace kmodsec::test
