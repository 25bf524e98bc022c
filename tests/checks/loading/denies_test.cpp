// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts machine_that_denies_dummy() {
  Facts facts = healthy_machine();
  facts.policy->denies = {{"dummy", "a-profile"}};
  return facts;
}

ConfigLine install_false() {
  return {.directive = Directive::install,
          .name = "dummy",
          .argument = "/bin/false",
          .text = "install dummy /bin/false",
          .source = "/etc/modprobe.d/a.conf",
          .line = 3};
}

TEST(PolicyDenies, DoesNotApplyWithoutAPolicy) {
  expect_not_applicable("POLICY-003", healthy_machine());
}

TEST(PolicyDenies, NamesWhatIsOpen) {
  expect_fail("POLICY-003", machine_that_denies_dummy(), {"dummy"});
}

TEST(PolicyDenies, PassesWhenClosed) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  expect_pass("POLICY-003", facts);
}

TEST(PolicyDenies, WhatTheKernelDoesNotHaveIsClosed) {
  Facts facts = healthy_machine();
  facts.policy->denies = {{"cramfs", {}}};
  expect_pass("POLICY-003", facts);
}

TEST(PolicyDenies, WhatIsBuiltInCannotBe) {
  Facts facts = healthy_machine();
  facts.policy->denies = {{"squashfs", {}}};
  facts.trees.front().builtin = std::vector<BuiltinModule>{{"squashfs", "kernel/squashfs.ko", {}}};
  expect_fail("POLICY-003", facts, {"squashfs"});
}

TEST(PolicyDenies, AnImageWithoutTheDenyIsOpen) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  ModuleTree& tree = facts.trees.front();
  tree.aliases = std::vector<AliasEntry>{{"pci:v1*", "dummy"}};
  tree.initramfs_images =
      std::vector<InitramfsImage>{{.path = "/boot/initrd",
                                   .index = *tree.index,
                                   .modules = {{"dummy", "/dummy.ko", true, "00", "00"}}}};
  expect_fail("POLICY-003", facts, {"dummy"});
  expect_fail("INITRD-001", facts, {"dummy"});
  (*tree.initramfs_images)[0].load.lines = {install_false()};
  expect_pass("POLICY-003", facts);
  expect_pass("INITRD-001", facts);
}

/// "udf" needs "crc_itu_t"; a device asks for "udf", and nothing but mount(2) for "isofs".
Facts machine_with_image(std::string_view lines) {
  Facts facts = machine_with_lines(lines);
  ModuleTree& tree = facts.trees.front();
  tree.aliases->push_back({"pci:v2*", "udf"});
  InitramfsImage image{.path = "/boot/initrd", .index = *tree.index};
  for (const IndexEntry& entry : *tree.index)
    image.modules.push_back({entry.name, "/" + entry.path, true, "00", "00"});
  tree.initramfs_images = std::vector<InitramfsImage>{image};
  return facts;
}

TEST(InitramfsDenies, WhatComesInWithADeniedModuleIsOneFinding) {
  const Facts facts = machine_with_image("install crc_itu_t /bin/false\n");
  expect_fail("INITRD-001", facts, {"crc_itu_t"});
  const Finding finding = verdict_of("INITRD-001", facts).findings[0];
  EXPECT_NE(finding.message.find("; with it: udf;"), std::string::npos) << finding.message;
  EXPECT_EQ(finding.evidence[0].value, "install crc_itu_t /bin/false");
  EXPECT_EQ(finding.evidence[1].value, "with udf: a device asks for it there, by pci:v2*");
}

TEST(InitramfsDenies, AProgramOfUnknownRulesIsNoDeny) {
  Facts facts = machine_with_image("install crc_itu_t /bin/false\n");
  facts.load->loader = {.kind = LoaderKind::other,
                        .path = "/sbin/modprobe",
                        .path_from = "/proc/sys/kernel/modprobe"};
  expect_fail("INITRD-001", facts, {"crc_itu_t"});
  const Finding finding = verdict_of("INITRD-001", facts).findings[0];
  EXPECT_EQ(finding.evidence[0].value, "install crc_itu_t /bin/false");
  facts.load->lines.front().argument = "/opt/decide";
  expect_pass("INITRD-001", facts);
}

TEST(InitramfsDenies, EachDeniedModuleIsAFinding) {
  expect_fail("INITRD-001",
              machine_with_image("install udf /bin/false\ninstall dummy /bin/false\n"
                                 "install crc_itu_t /bin/false\n"),
              {"crc_itu_t", "dummy", "udf"});
}

TEST(InitramfsDenies, NobodyMountsThere) {
  Facts facts = machine_with_image("install isofs /bin/false\n");
  expect_pass("INITRD-001", facts);
  InitramfsImage& image = facts.trees.front().initramfs_images->front();
  image.load.at_boot = {{"fs-isofs", "/etc/fstab", 1}};
  expect_fail("INITRD-001", facts, {"isofs"});
}

TEST(InitramfsDenies, WhatTheImageCannotLoadIsNotLetIn) {
  Facts facts = machine_with_image("install crc_itu_t /bin/false\n");
  InitramfsImage& image = facts.trees.front().initramfs_images->front();
  std::erase_if(image.modules, [](const ImageModule& one) { return one.name == "crc_itu_t"; });
  std::erase_if(image.index, [](const IndexEntry& one) { return one.name == "crc_itu_t"; });
  for (IndexEntry& entry : image.index) entry.depends.clear();
  expect_pass("INITRD-001", facts);
}

TEST(InitramfsDenies, ARebuildIsNoRemedyForAnImageThatHasTheDeny) {
  Facts facts = machine_with_image("blacklist udf\ninstall udf /bin/false\n");
  InitramfsImage& image = facts.trees.front().initramfs_images->front();
  EXPECT_NE(verdict_of("INITRD-001", facts).findings.at(0).message.find("before the deny counts"),
            std::string::npos);
  image.load.lines = facts.load->lines;
  std::erase_if(image.load.lines,
                [](const ConfigLine& line) { return line.directive == Directive::blacklist; });
  image.load.lines.push_back({.directive = Directive::softdep,
                              .name = "udf",
                              .argument = "pre: isofs",
                              .pre = {"isofs"},
                              .post = {},
                              .text = "softdep udf pre: isofs",
                              .source = "/boot/initrd:/etc/modprobe.d/b.conf",
                              .line = 1});
  expect_fail("INITRD-001", facts, {"udf"});
  const std::string message = verdict_of("INITRD-001", facts).findings[0].message;
  EXPECT_NE(message.find("although it has the deny, too"), std::string::npos) << message;
  EXPECT_NE(message.find("kmodsec doors udf"), std::string::npos) << message;
}

TEST(InitramfsDenies, WhatTheImageLoadsMustBeSeen) {
  Facts facts = machine_with_image("install isofs /bin/false\n");
  facts.trees.front().initramfs_images->front().load.unseen = {{"/etc/fstab", "no permission"}};
  expect_unknown("INITRD-001", facts);
}

TEST(InitramfsDenies, WhatTheHostDeniesMustBeSeen) {
  const Facts facts = machine_with_image("options isofs a=1\n");
  expect_pass("INITRD-001", facts);
  Facts without_aliases = facts;
  without_aliases.trees.front().aliases = not_seen();
  expect_unknown("INITRD-001", without_aliases);
  Facts without_lines = facts;
  without_lines.load->unseen = {{"/etc/modprobe.d/deny.conf", "no permission"}};
  expect_unknown("INITRD-001", without_lines);
}

TEST(InitramfsDenies, EachKernelMustBeSeen) {
  Facts facts = healthy_machine();
  facts.trees.clear();
  facts.installed = not_seen();
  expect_unknown("INITRD-001", facts);
  expect_unknown("INITRD-002", facts);
}

TEST(PolicyDenies, AKernelThatIsGoneIsNotAKernelThatHolds) {
  Facts facts = machine_that_denies_dummy();
  facts.trees.clear();
  facts.installed = not_seen();
  expect_unknown("POLICY-003", facts);
  facts.installed = std::vector<std::string>{};
  for (const char* id : {"POLICY-003", "INITRD-001", "INITRD-002"})
    expect_not_applicable(id, facts);
}

TEST(PolicyDenies, MaskedConfigurationMayUndoADeny) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  facts.masked = MaskedPaths{.modules = {}, .configuration = {{"/etc/modprobe.d", "masked"}}};
  expect_unknown("POLICY-003", facts);
}

TEST(PolicyDenies, IsUnknownWhenUnseen) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  InitramfsImage image{.path = "/boot/initrd"};
  image.load.unseen = {{"/etc/fstab", "no permission"}};
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_unknown("POLICY-003", facts);
  facts.trees.front().initramfs_images = not_seen();
  expect_unknown("POLICY-003", facts);
  expect_unknown("INITRD-001", facts);
  expect_unknown("INITRD-002", facts);
  facts.load = not_seen();
  expect_unknown("POLICY-003", facts);
}

TEST(PolicyDenies, ASoftdepThatWasNotSeenMayVoidADeny) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  facts.trees.front().softdeps = not_seen();
  expect_unknown("POLICY-003", facts);
}

TEST(InitramfsModules, AreTheInstalledOnes) {
  Facts facts = healthy_machine();
  InitramfsImage image{.path = "/boot/initrd",
                       .modules = {{"dummy", "/dummy.ko", false, "00", "00"}}};
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_pass("INITRD-002", facts);
  image.modules = {{"dummy", "/dummy.ko", true, "", ""}};
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_pass("INITRD-002", facts);
  image.modules = {{"dummy", "/dummy.ko", false, "00", "11"},
                   {"other", "/other.ko", false, "22", ""}};
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_fail("INITRD-002", facts, {"dummy", "other"});
  image.modules = {{"dummy", "/dummy.ko", false, "", "11"}};
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_unknown("INITRD-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
