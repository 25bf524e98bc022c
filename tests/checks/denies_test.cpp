// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

Facts machine_that_denies_dummy() {
  Facts facts = healthy_machine();
  facts.policy->denies = {{"dummy", "a-profile"}};
  return facts;
}

ConfigLine install_false() {
  return {.directive = "install",
          .name = "dummy",
          .argument = "/bin/false",
          .text = "install dummy /bin/false",
          .source = "/etc/modprobe.d/a.conf",
          .line = 3};
}

TEST(PolicyDenies, DoesNotApplyWithoutAPolicy) {
  expect_not_applicable("DENY-001", healthy_machine());
}

TEST(PolicyDenies, NamesWhatIsOpen) {
  expect_fail("DENY-001", machine_that_denies_dummy(), {"dummy"});
}

TEST(PolicyDenies, PassesWhenClosed) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  expect_pass("DENY-001", facts);
}

TEST(PolicyDenies, WhatTheKernelDoesNotHaveIsClosed) {
  Facts facts = healthy_machine();
  facts.policy->denies = {{"cramfs", {}}};
  expect_pass("DENY-001", facts);
}

TEST(PolicyDenies, WhatIsBuiltInCannotBe) {
  Facts facts = healthy_machine();
  facts.policy->denies = {{"squashfs", {}}};
  facts.trees.front().builtin = std::vector<BuiltinModule>{{"squashfs", "kernel/squashfs.ko", {}}};
  expect_fail("DENY-001", facts, {"squashfs"});
}

TEST(PolicyDenies, AnImageWithoutTheDenyIsOpen) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  ModuleTree& tree = facts.trees.front();
  tree.aliases = std::vector<AliasEntry>{{"pci:v1*", "dummy"}};
  tree.boot_images = std::vector<BootImage>{{.path = "/boot/initrd",
                                             .index = *tree.index,
                                             .modules = {{"dummy", "/dummy.ko", "00", "00"}}}};
  expect_fail("DENY-001", facts, {"dummy"});
  expect_fail("INITRD-001", facts, {"dummy"});
  (*tree.boot_images)[0].load.lines = {install_false()};
  expect_pass("DENY-001", facts);
  expect_pass("INITRD-001", facts);
}

TEST(PolicyDenies, IsUnknownWhenUnseen) {
  Facts facts = machine_that_denies_dummy();
  facts.load->lines = {install_false()};
  facts.trees.front().boot_images = not_seen();
  expect_unknown("DENY-001", facts);
  expect_unknown("INITRD-001", facts);
  expect_unknown("INITRD-002", facts);
  facts.load = not_seen();
  expect_unknown("DENY-001", facts);
}

TEST(InitramfsModules, AreTheInstalledOnes) {
  Facts facts = healthy_machine();
  BootImage image{.path = "/boot/initrd", .modules = {{"dummy", "/dummy.ko", "00", "00"}}};
  facts.trees.front().boot_images = std::vector<BootImage>{image};
  expect_pass("INITRD-002", facts);
  image.modules = {{"dummy", "/dummy.ko", "00", "11"}, {"other", "/other.ko", "22", ""}};
  facts.trees.front().boot_images = std::vector<BootImage>{image};
  expect_fail("INITRD-002", facts, {"dummy", "other"});
}

}  // namespace
}  // namespace kmodsec::test
