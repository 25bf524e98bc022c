// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/triggers.hpp"

#include <gtest/gtest.h>

#include "analyze/exposure_report.hpp"
#include "analyze/loading/load_paths.hpp"
#include "support/facts_builder.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

/// "udf" is a file system, "slip" a line discipline, "loop" and "tun" have static nodes; "tls" is
/// what only root can bring in.
Facts asking_machine(std::string_view lines = "") {
  Facts facts = machine_with_lines(lines);
  ModuleTree& tree = facts.trees.front();
  for (const std::string name : {"slip", "loop", "tun", "tls", "snd", "algif_aead"})
    tree.index->push_back({name, "kernel/" + name + ".ko", {}});
  *tree.aliases = {{"fs-udf", "udf"},
                   {"tty-ldisc-1", "slip"},
                   {"devname:loop-control", "loop"},
                   {"char-major-10-237", "loop"},
                   {"block-major-7-*", "loop"},
                   {"devname:net/tun", "tun"},
                   {"char-major-10-200", "tun"},
                   {"tcp-ulp-tls", "tls"},
                   {"char-major-116-*", "snd"}};
  return facts;
}

Attacker position_of(const Facts& facts, const std::string& module) {
  const ModuleLoadPaths load_paths = LoadPaths(facts, facts.trees.front()).of(module);
  return {load_paths.position, load_paths.trigger};
}

Attacker when_loaded(const Facts& facts, const std::string& module) {
  return LoadPaths(facts, facts.trees.front()).attacker_when_loaded(module);
}

DeviceNode loop_control(std::uint32_t mode, std::uint32_t gid = 6, std::uint32_t uid = 0) {
  return {"/dev/loop-control", "c10:237", mode, uid, gid, "disk"};
}

Facts machine_with_node(const DeviceNode& node) {
  Facts facts = asking_machine();
  facts.access->nodes->push_back(node);
  return facts;
}

const Attacker modprobe{AttackerPosition::root, "modprobe(8)"};

TEST(Triggers, OfAUserNamespaceAreRootWhereASettingClosesThem) {
  EXPECT_EQ(position_of(asking_machine(), "udf"),
            (Attacker{AttackerPosition::local_userns, "mount(2)"}));
  const std::string closed = "mount(2): user namespaces are closed to users here by ";
  Facts facts = asking_machine();
  facts.access->userns_clone = false;
  EXPECT_EQ(position_of(facts, "udf"),
            (Attacker{AttackerPosition::root, closed + "kernel.unprivileged_userns_clone=0"}));
  facts = asking_machine();
  facts.access->user_namespaces = false;
  EXPECT_EQ(position_of(facts, "udf"),
            (Attacker{AttackerPosition::root, closed + "user.max_user_namespaces=0"}));
  facts = asking_machine();
  facts.access->apparmor_holds_userns = true;
  EXPECT_EQ(position_of(facts, "udf"),
            (Attacker{AttackerPosition::root,
                      closed + "kernel.apparmor_restrict_unprivileged_userns=1"}));
}

TEST(Triggers, WithADependencyAreNamedWithIt) {
  Facts facts = asking_machine();
  facts.access->userns_clone = false;
  EXPECT_EQ(position_of(facts, "crc_itu_t").trigger,
            "mount(2): user namespaces are closed to users here by "
            "kernel.unprivileged_userns_clone=0, with udf");
}

TEST(Triggers, OfALineDisciplineAreRootWithoutItsAutoload) {
  EXPECT_EQ(position_of(asking_machine(), "slip").position, AttackerPosition::local);
  Facts facts = asking_machine();
  facts.access->ldisc_autoload = false;
  EXPECT_EQ(position_of(facts, "slip"),
            (Attacker{AttackerPosition::root,
                      "ioctl(TIOCSETD) on a terminal: closed to users here by "
                      "dev.tty.ldisc_autoload=0"}));
  EXPECT_EQ(when_loaded(facts, "slip").position, AttackerPosition::local);
}

/// A machine of another kernel, with modules of cryptography and of a binary format.
Facts machine_of(const std::string& release) {
  Facts facts = asking_machine();
  facts.kernel.release = facts.trees.front().release = release;
  for (const std::string name : {"twofish", "sha1_generic", "misc", "algif_hash"})
    facts.trees.front().index->push_back({name, "kernel/" + name + ".ko", {}});
  for (const AliasEntry& alias : std::vector<AliasEntry>{{"crypto-twofish", "twofish"},
                                                         {"crypto-sha1", "sha1_generic"},
                                                         {"binfmt-464c", "misc"},
                                                         {"algif-hash", "algif_hash"}})
    facts.trees.front().aliases->push_back(alias);
  return facts;
}

TEST(Triggers, OfABinaryFormatAreGoneFrom614) {
  EXPECT_EQ(position_of(machine_of("6.13.5"), "misc").position, AttackerPosition::local);
  EXPECT_EQ(position_of(machine_of("6.14.0"), "misc"), modprobe);
}

TEST(Triggers, OfAfAlgAreFewFrom73) {
  EXPECT_EQ(position_of(machine_of("7.2.0"), "twofish").position, AttackerPosition::local);
  Facts facts = machine_of("7.3.0");
  EXPECT_EQ(position_of(facts, "twofish").position, AttackerPosition::local_userns);
  EXPECT_EQ(position_of(facts, "sha1_generic").position, AttackerPosition::local);
  EXPECT_EQ(position_of(facts, "algif_hash").position, AttackerPosition::local);
  facts.access->af_alg_restrict = 2;
  EXPECT_EQ(position_of(facts, "sha1_generic").position, AttackerPosition::local_userns);
  facts.access->af_alg_restrict = 0;
  EXPECT_EQ(position_of(facts, "twofish").position, AttackerPosition::local);
  facts = machine_of("6.12.0");
  facts.access->af_alg_restrict = 1;
  EXPECT_EQ(position_of(facts, "twofish").position, AttackerPosition::local_userns)
      << "a kernel that has taken it over";
}

TEST(Triggers, OfADigestAreAnybodysThroughKeyctl) {
  Facts facts = machine_of("7.3.0");
  facts.kernel.config = KernelConfig{{"CONFIG_KEY_DH_OPERATIONS", "y"}};
  EXPECT_EQ(position_of(facts, "twofish"),
            (Attacker{AttackerPosition::local, "keyctl(KEYCTL_DH_COMPUTE)"}));
}

TEST(Triggers, AreThoseWhomTheModeOfADeviceNodeLetsIn) {
  const std::string open = "open(2) of /dev/loop-control";
  EXPECT_EQ(position_of(machine_with_node(loop_control(0666)), "loop"),
            (Attacker{AttackerPosition::local, open}));
  EXPECT_EQ(position_of(machine_with_node(loop_control(0660)), "loop"),
            (Attacker{AttackerPosition::local_group, open + " by members of disk"}));
  EXPECT_EQ(position_of(machine_with_node(loop_control(0600, 6, 7)), "loop"),
            (Attacker{AttackerPosition::local_group, open + " by its owner, uid 7"}));
  EXPECT_EQ(position_of(machine_with_node(loop_control(0600)), "loop"), modprobe);
  EXPECT_EQ(position_of(machine_with_node(loop_control(0660, 0)), "loop"), modprobe);
  EXPECT_EQ(position_of(asking_machine(), "loop"), modprobe);
}

TEST(Triggers, OfNodesThatAModuleMakesItselfUseItOnly) {
  Facts facts = machine_with_node({"/dev/snd/seq", "c116:1", 0660, 0, 29, "audio"});
  add_loaded(facts, "snd");
  EXPECT_EQ(position_of(facts, "snd"), modprobe);
  EXPECT_EQ(when_loaded(facts, "snd"), (Attacker{AttackerPosition::local_group,
                                                 "open(2) of /dev/snd/seq by members of audio"}));
  facts.loaded->clear();
  EXPECT_EQ(position_of(facts, "snd").position, AttackerPosition::local_group);
}

TEST(Triggers, OfNodesThatWereNotSeenAreThoseOfUdev) {
  Facts facts = asking_machine();
  facts.access->nodes = not_seen();
  EXPECT_EQ(position_of(facts, "tun"),
            (Attacker{AttackerPosition::local, "open(2) of /dev/net/tun"}));
  EXPECT_EQ(position_of(facts, "loop").position, AttackerPosition::local_group);
  EXPECT_EQ(position_of(facts, "snd"), modprobe);
  EXPECT_EQ(when_loaded(facts, "snd").position, AttackerPosition::local_group);
}

TEST(Triggers, OfAnotherKernelThanTheRunningOneAreNotHeld) {
  Facts facts = asking_machine();
  facts.access->userns_clone = false;
  facts.access->ldisc_autoload = false;
  facts.trees.front().release = "another";
  EXPECT_EQ(position_of(facts, "udf").position, AttackerPosition::local_userns);
  EXPECT_EQ(position_of(facts, "slip").position, AttackerPosition::local);
}

TEST(Triggers, WhoWereNotSeenCountAndAreTold) {
  Facts facts = asking_machine();
  facts.access->userns_clone = not_seen();
  EXPECT_EQ(position_of(facts, "udf").position, AttackerPosition::local_userns);
  EXPECT_EQ(answer_doors(facts, {.modules = {"udf"}}).unseen.size(), 1U);
  facts.access = not_seen();
  EXPECT_EQ(position_of(facts, "udf").position, AttackerPosition::local_userns);
  EXPECT_EQ(answer_doors(facts, {.modules = {"udf"}}).unseen.size(), 1U);
  facts = asking_machine();
  facts.access->nodes =
      std::unexpected(Error{ErrorKind::unsupported, "/dev", "of a captured tree"});
  EXPECT_EQ(answer_doors(facts, {.modules = {"udf"}}).unseen.size(), 0U);
}

TEST(Triggers, AsAClassAreRootWhereASettingClosesIt) {
  Facts facts = asking_machine();
  EXPECT_EQ(LoadPaths(facts, facts.trees.front()).position_here(AttackerPosition::local_userns),
            AttackerPosition::local_userns);
  facts.access->userns_clone = false;
  const LoadPaths load_paths(facts, facts.trees.front());
  EXPECT_EQ(load_paths.position_here(AttackerPosition::local_userns), AttackerPosition::root);
  EXPECT_EQ(load_paths.position_here(AttackerPosition::local), AttackerPosition::local);
}

TEST(Triggers, AskForAnAlgorithmByItsName) {
  EXPECT_EQ(position_of(asking_machine("blacklist algif_aead\n"), "algif_aead").position,
            AttackerPosition::local);
}

TEST(ReachOnceIn, IsMoreThanCouldBringItIn) {
  EXPECT_EQ(position_of(asking_machine(), "tls"), modprobe);
  EXPECT_EQ(when_loaded(asking_machine(), "tls"),
            (Attacker{AttackerPosition::local, "setsockopt(TCP_ULP)"}));
  EXPECT_EQ(when_loaded(asking_machine(), "udf").position, AttackerPosition::physical);
}

TEST(ReachOnceIn, OfALibraryIsThatOfWhatIsLoadedAndNeedsIt) {
  Facts facts = asking_machine();
  EXPECT_EQ(when_loaded(facts, "crc_itu_t").position, AttackerPosition::root);
  add_loaded(facts, "udf");
  EXPECT_EQ(when_loaded(facts, "crc_itu_t"),
            (Attacker{AttackerPosition::physical, "mount(2) of a medium, by udf"}));
}

}  // namespace
}  // namespace kmodsec::test
