// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/callers.hpp"

#include <gtest/gtest.h>

#include "analyze/loading/doors.hpp"
#include "analyze/doors_report.hpp"
#include "support/facts_builder.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

/// "udf" is a file system, "slip" a line discipline, "loop" and "tun" have static nodes; "tls" is
/// what only root can bring in.
Facts machine(std::string_view lines = "") {
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

ModuleReach reach_of(const Facts& facts, const std::string& module) {
  const ModuleDoors doors = Doors(facts, facts.trees.front()).of(module);
  return {doors.reach, doors.trigger};
}

ModuleReach once_in(const Facts& facts, const std::string& module) {
  return Doors(facts, facts.trees.front()).reach_once_in(module);
}

DeviceNode loop_control(std::uint32_t mode, std::uint32_t gid = 6, std::uint32_t uid = 0) {
  return {"/dev/loop-control", "c10:237", mode, uid, gid, "disk"};
}

Facts machine_with_node(const DeviceNode& node) {
  Facts facts = machine();
  facts.access->nodes->push_back(node);
  return facts;
}

const ModuleReach modprobe{Reach::root, "modprobe(8)"};

TEST(Callers, OfAUserNamespaceAreRootWhereASettingClosesThem) {
  EXPECT_EQ(reach_of(machine(), "udf"), (ModuleReach{Reach::user_namespace, "mount(2)"}));
  const std::string closed = "mount(2): user namespaces are closed to users here by ";
  Facts facts = machine();
  facts.access->userns_clone = false;
  EXPECT_EQ(reach_of(facts, "udf"),
            (ModuleReach{Reach::root, closed + "kernel.unprivileged_userns_clone=0"}));
  facts = machine();
  facts.access->user_namespaces = false;
  EXPECT_EQ(reach_of(facts, "udf"),
            (ModuleReach{Reach::root, closed + "user.max_user_namespaces=0"}));
  facts = machine();
  facts.access->apparmor_holds_userns = true;
  EXPECT_EQ(reach_of(facts, "udf"),
            (ModuleReach{Reach::root, closed + "kernel.apparmor_restrict_unprivileged_userns=1"}));
}

TEST(Callers, WithADependencyAreNamedWithIt) {
  Facts facts = machine();
  facts.access->userns_clone = false;
  EXPECT_EQ(reach_of(facts, "crc_itu_t").trigger,
            "mount(2): user namespaces are closed to users here by "
            "kernel.unprivileged_userns_clone=0, with udf");
}

TEST(Callers, OfALineDisciplineAreRootWithoutItsAutoload) {
  EXPECT_EQ(reach_of(machine(), "slip").reach, Reach::unprivileged);
  Facts facts = machine();
  facts.access->ldisc_autoload = false;
  EXPECT_EQ(reach_of(facts, "slip"),
            (ModuleReach{Reach::root,
                         "ioctl(TIOCSETD) on a terminal: closed to users here by "
                         "dev.tty.ldisc_autoload=0"}));
  EXPECT_EQ(once_in(facts, "slip").reach, Reach::unprivileged);
}

TEST(Callers, AreThoseWhomTheModeOfADeviceNodeLetsIn) {
  const std::string open = "open(2) of /dev/loop-control";
  EXPECT_EQ(reach_of(machine_with_node(loop_control(0666)), "loop"),
            (ModuleReach{Reach::unprivileged, open}));
  EXPECT_EQ(reach_of(machine_with_node(loop_control(0660)), "loop"),
            (ModuleReach{Reach::group, open + " by members of disk"}));
  EXPECT_EQ(reach_of(machine_with_node(loop_control(0600, 6, 7)), "loop"),
            (ModuleReach{Reach::group, open + " by its owner, uid 7"}));
  EXPECT_EQ(reach_of(machine_with_node(loop_control(0600)), "loop"), modprobe);
  EXPECT_EQ(reach_of(machine_with_node(loop_control(0660, 0)), "loop"), modprobe);
  EXPECT_EQ(reach_of(machine(), "loop"), modprobe);
}

TEST(Callers, OfNodesThatAModuleMakesItselfUseItOnly) {
  Facts facts = machine_with_node({"/dev/snd/seq", "c116:1", 0660, 0, 29, "audio"});
  add_loaded(facts, "snd");
  EXPECT_EQ(reach_of(facts, "snd"), modprobe);
  EXPECT_EQ(once_in(facts, "snd"),
            (ModuleReach{Reach::group, "open(2) of /dev/snd/seq by members of audio"}));
  facts.loaded->clear();
  EXPECT_EQ(reach_of(facts, "snd").reach, Reach::group);
}

TEST(Callers, OfNodesThatWereNotSeenAreThoseOfUdev) {
  Facts facts = machine();
  facts.access->nodes = not_seen();
  EXPECT_EQ(reach_of(facts, "tun"), (ModuleReach{Reach::unprivileged, "open(2) of /dev/net/tun"}));
  EXPECT_EQ(reach_of(facts, "loop").reach, Reach::group);
  EXPECT_EQ(reach_of(facts, "snd"), modprobe);
  EXPECT_EQ(once_in(facts, "snd").reach, Reach::group);
}

TEST(Callers, OfAnotherKernelThanTheRunningOneAreNotHeld) {
  Facts facts = machine();
  facts.access->userns_clone = false;
  facts.access->ldisc_autoload = false;
  facts.trees.front().release = "another";
  EXPECT_EQ(reach_of(facts, "udf").reach, Reach::user_namespace);
  EXPECT_EQ(reach_of(facts, "slip").reach, Reach::unprivileged);
}

TEST(Callers, WhoWereNotSeenCountAndAreTold) {
  Facts facts = machine();
  facts.access->userns_clone = not_seen();
  EXPECT_EQ(reach_of(facts, "udf").reach, Reach::user_namespace);
  EXPECT_EQ(answer_doors(facts, {.modules = {"udf"}}).unseen.size(), 1U);
  facts.access = not_seen();
  EXPECT_EQ(reach_of(facts, "udf").reach, Reach::user_namespace);
  EXPECT_EQ(answer_doors(facts, {.modules = {"udf"}}).unseen.size(), 1U);
  facts = machine();
  facts.access->nodes =
      std::unexpected(Error{ErrorKind::unsupported, "/dev", "of a captured tree"});
  EXPECT_EQ(answer_doors(facts, {.modules = {"udf"}}).unseen.size(), 0U);
}

TEST(Callers, AsAClassAreRootWhereASettingClosesIt) {
  Facts facts = machine();
  EXPECT_EQ(Doors(facts, facts.trees.front()).reach_here(Reach::user_namespace),
            Reach::user_namespace);
  facts.access->userns_clone = false;
  const Doors doors(facts, facts.trees.front());
  EXPECT_EQ(doors.reach_here(Reach::user_namespace), Reach::root);
  EXPECT_EQ(doors.reach_here(Reach::unprivileged), Reach::unprivileged);
}

TEST(Callers, AskForAnAlgorithmByItsName) {
  EXPECT_EQ(reach_of(machine("blacklist algif_aead\n"), "algif_aead").reach, Reach::unprivileged);
}

TEST(ReachOnceIn, IsMoreThanCouldBringItIn) {
  EXPECT_EQ(reach_of(machine(), "tls"), modprobe);
  EXPECT_EQ(once_in(machine(), "tls"), (ModuleReach{Reach::unprivileged, "setsockopt(TCP_ULP)"}));
  EXPECT_EQ(once_in(machine(), "udf").reach, Reach::device);
}

TEST(ReachOnceIn, OfALibraryIsThatOfWhatIsLoadedAndNeedsIt) {
  Facts facts = machine();
  EXPECT_EQ(once_in(facts, "crc_itu_t").reach, Reach::root);
  add_loaded(facts, "udf");
  EXPECT_EQ(once_in(facts, "crc_itu_t"),
            (ModuleReach{Reach::device, "mount(2) of a medium, by udf"}));
}

}  // namespace
}  // namespace kmodsec::test
