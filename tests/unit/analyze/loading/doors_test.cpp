// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/doors.hpp"

#include <gtest/gtest.h>

#include "format/loading/modprobe_conf.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

/// "udf", which needs "crc_itu_t", is a device's; "isofs" is a file system; "rds" a protocol.
Facts machine(std::string_view lines) {
  Facts facts = machine_with_lines(lines);
  ModuleTree& tree = facts.trees.front();
  tree.index->push_back({"rds", "kernel/rds.ko", {}});
  tree.index->push_back({"bridge", "kernel/bridge.ko", {}});
  *tree.aliases = {{"fs-isofs", "isofs"}, {"pci:v2*", "udf"}, {"net-pf-21", "rds"}};
  return facts;
}

/// The same with an image of all that, which has these lines and requests.
Facts machine_with_image(std::string_view lines, std::string_view lines_of_image,
                         std::vector<LoadRequest> requests = {}) {
  Facts facts = machine(lines);
  ModuleTree& tree = facts.trees.front();
  BootImage image{
      .path = "/boot/initrd",
      .load = parse_modprobe_conf(lines_of_image, "/boot/initrd:/etc/modprobe.d/a.conf"),
      .index = *tree.index};
  image.load.at_boot = std::move(requests);
  for (const IndexEntry& entry : *tree.index)
    image.modules.push_back({entry.name, "/" + entry.path, {}, {}});
  tree.boot_images = std::vector<BootImage>{image};
  return facts;
}

ModuleDoors doors_of(const Facts& facts, const std::string& module) {
  return Doors(facts, facts.trees.front()).of(module);
}

DoorVerdict image_door(const Facts& facts, const std::string& module) {
  const ModuleDoors doors = doors_of(facts, module);
  for (const DoorVerdict& verdict : doors.doors) {
    if (verdict.door == Door::initramfs) return verdict;
  }
  return {};
}

TEST(Reach, IsThatOfTheEasiestRequest) {
  const ModuleDoors doors = doors_of(machine(""), "rds");
  EXPECT_EQ(doors.reach, Reach::unprivileged);
  EXPECT_EQ(doors.trigger, "socket(2)");
  EXPECT_EQ(doors_of(machine(""), "crc_itu_t").trigger, "a device being there, with udf");
}

TEST(Reach, OfARequestThatLeadsElsewhereIsRoot) {
  for (const std::string_view line : {"alias net-pf-21 off\n", "alias net-pf-* off\n",
                                      "install net-pf-21 /bin/false\n", "blacklist rds\n"}) {
    const ModuleDoors doors = doors_of(machine(line), "rds");
    EXPECT_EQ(doors.reach, Reach::root) << line;
    EXPECT_EQ(doors.trigger, "modprobe(8)") << line;
  }
  EXPECT_EQ(doors_of(machine("alias bridge off\n"), "bridge").reach, Reach::nobody);
}

TEST(Reach, OfDevicesThatAreAllSentElsewhereIsRoot) {
  const ModuleDoors doors = doors_of(machine("alias pci:* off\n"), "udf");
  EXPECT_EQ(doors.reach, Reach::root);
  EXPECT_EQ(doors.doors[1].outcome, DoorOutcome::denied);
  EXPECT_EQ(doors.doors[1].decided_by->text, "alias pci:* off");
  EXPECT_EQ(doors_of(machine("alias pci:v3* off\n"), "udf").reach, Reach::device);
}

TEST(Reach, InAnImageIsThatOfWhatBringsItIn) {
  const Facts facts = machine_with_image("install crc_itu_t /bin/false\nblacklist udf\n", "");
  const ModuleDoors doors = doors_of(facts, "crc_itu_t");
  EXPECT_FALSE(doors.denied);
  EXPECT_EQ(doors.reach, Reach::device);
  EXPECT_EQ(doors.trigger, "a device being there while the initramfs runs, with udf");
}

ModuleReach reach_once_in(const Facts& facts, const std::string& module) {
  return Doors(facts, facts.trees.front()).reach_once_in(module);
}

TEST(ReachOnceIn, DoesNotAskForDenies) {
  const Facts facts = machine("install rds /bin/false\nblacklist rds\n");
  EXPECT_EQ(reach_once_in(facts, "rds"), (ModuleReach{Reach::unprivileged, "socket(2)"}));
}

TEST(ReachOnceIn, OfABuiltinModuleIsThatOfItsAliases) {
  Facts facts = machine("");
  facts.trees.front().builtin->push_back(
      {"unix", "kernel/net/unix/unix.ko", {{"license", "GPL"}, {"alias", "net-pf-1"}}});
  EXPECT_EQ(reach_once_in(facts, "unix"), (ModuleReach{Reach::unprivileged, "socket(2)"}));
  EXPECT_EQ(reach_once_in(facts, "ext4"), (ModuleReach{Reach::root, ""}));
}

TEST(ReachOnceIn, OfADriverOfARadioIsTheNeighbours) {
  Facts facts = machine("");
  ModuleTree& tree = facts.trees.front();
  tree.index->push_back({"ath9k", "kernel/ath9k.ko", {"mac80211", "cfg80211"}});
  tree.aliases->push_back({"pci:v0000168C*", "ath9k"});
  EXPECT_EQ(reach_once_in(facts, "ath9k"),
            (ModuleReach{Reach::neighbour, "Wi-Fi frames, by cfg80211"}));
  EXPECT_EQ(reach_once_in(facts, "kvm_amd").reach, Reach::guest);
  EXPECT_EQ(reach_once_in(facts, "ksmbd").reach, Reach::neighbour);
}

TEST(ImageDoor, ADeviceAsksThere) {
  const DoorVerdict own = image_door(machine_with_image("", ""), "udf");
  EXPECT_EQ(own.outcome, DoorOutcome::loads);
  EXPECT_EQ(own.note, "/boot/initrd: a device asks for it there, by pci:v2*");
  const DoorVerdict needed = image_door(machine_with_image("", ""), "crc_itu_t");
  EXPECT_EQ(needed.note, "/boot/initrd: with udf: a device asks for it there, by pci:v2*");
}

TEST(ImageDoor, NothingElseDoesByItself) {
  const DoorVerdict door = image_door(machine_with_image("", ""), "isofs");
  EXPECT_EQ(door.outcome, DoorOutcome::impossible);
  EXPECT_EQ(door.note, "nothing is known to ask for it in /boot/initrd; mount(2) would");
  EXPECT_EQ(image_door(machine_with_image("", ""), "dummy").note,
            "nothing is known to ask for it in /boot/initrd");
}

TEST(ImageDoor, ASoftDependencyComesIn) {
  Facts facts = machine_with_image("", "softdep udf pre: isofs\n");
  EXPECT_EQ(image_door(facts, "isofs").outcome, DoorOutcome::loads);
}

TEST(ImageDoor, ARequestOfTheImageComesIn) {
  const LoadRequest request{"fs-isofs", "/etc/fstab", 3};
  const DoorVerdict door = image_door(machine_with_image("", "", {request}), "isofs");
  EXPECT_EQ(door.outcome, DoorOutcome::loads);
  EXPECT_EQ(door.decided_by, (DecidingLine{"/etc/fstab", 3, "fs-isofs"}));
}

TEST(ImageDoor, ARequestIsSaidBeforeADevice) {
  const LoadRequest request{"udf", "/boot/initrd:/conf/modules", 1, true};
  const Facts facts = machine_with_image("install udf /bin/false\n", "", {request});
  EXPECT_EQ(image_door(facts, "udf").note, "/boot/initrd: asked for there");
  EXPECT_EQ(doors_of(facts, "udf").reach, Reach::device);
}

TEST(ImageDoor, OnlyPlainModprobeLoadsWhatIsBlacklisted) {
  LoadRequest request{"isofs", "/boot/initrd:/conf/modules", 1};
  const std::string lines = "blacklist isofs\n";
  EXPECT_EQ(image_door(machine_with_image("", lines, {request}), "isofs").outcome,
            DoorOutcome::denied);
  request.past_blacklist = true;
  EXPECT_EQ(image_door(machine_with_image("", lines, {request}), "isofs").outcome,
            DoorOutcome::loads);
  request.name = "fs-isofs";
  EXPECT_EQ(image_door(machine_with_image("", lines, {request}), "isofs").outcome,
            DoorOutcome::denied);
}

TEST(ImageDoor, TheBlacklistDecidesBeforeAnInstallLine) {
  const std::string lines = "blacklist udf\ninstall udf /x; modprobe --ignore-install udf\n";
  const DoorVerdict door = image_door(machine_with_image("", lines), "udf");
  EXPECT_EQ(door.outcome, DoorOutcome::denied);
  EXPECT_EQ(door.decided_by->text, "blacklist udf");
}

TEST(ImageDoor, AnInstallLineDecidesAboutARequestByName) {
  const LoadRequest request{"udf", "/boot/initrd:/conf/modules", 1, true};
  const std::string lines = "blacklist udf\ninstall udf /bin/false\n";
  const DoorVerdict door = image_door(machine_with_image("", lines, {request}), "udf");
  EXPECT_EQ(door.outcome, DoorOutcome::denied);
  EXPECT_EQ(door.decided_by->text, "install udf /bin/false");
}

}  // namespace
}  // namespace kmodsec::test
