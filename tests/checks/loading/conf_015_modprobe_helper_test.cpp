// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModprobeHelper, PassesForTheUsualHelper) { expect_pass("CONF-015", healthy_machine()); }

TEST(ModprobeHelper, PassesWhenTheKernelAsksNobody) {
  Facts facts = healthy_machine();
  facts.kernel.modprobe_helper = ModprobeHelper{};
  expect_pass("CONF-015", facts);
}

TEST(ModprobeHelper, PassesForThePathTheKernelWasBuiltWith) {
  Facts facts = healthy_machine();
  facts.kernel.modprobe_helper->path = "/run/current-system/bin/modprobe";
  facts.kernel.config = KernelConfig{{"CONFIG_MODPROBE_PATH", "/run/current-system/bin/modprobe"}};
  expect_pass("CONF-015", facts);
}

TEST(ModprobeHelper, PassesForThePathOfAStoreOnItsOwnHost) {
  Facts facts = healthy_machine();
  const std::string path = "/nix/store/abc-kmod-31/bin/modprobe";
  facts.kernel.modprobe_helper->path = path;
  expect_fail("CONF-015", facts, {path});
  facts.load->loader = {.path = path, .of_store = true};
  expect_pass("CONF-015", facts);
  facts.kernel.modprobe_helper->owners = {{"/nix/store/abc-kmod-31", 0755, 1000, 0}};
  expect_fail("CONF-015", facts, {"/nix/store/abc-kmod-31"});
}

TEST(ModprobeHelper, FailsForAnotherProgram) {
  Facts facts = healthy_machine();
  facts.kernel.modprobe_helper->path = "/tmp/x";
  expect_fail("CONF-015", facts, {"/tmp/x"});
}

TEST(ModprobeHelper, FailsWhenOthersMayReplaceIt) {
  Facts facts = healthy_machine();
  facts.kernel.modprobe_helper->owners = {{"/usr", 0777, 0, 0},
                                          {"/usr/bin", 0775, 0, 50},
                                          {"/usr/bin/kmod", 0755, 1000, 0},
                                          {"/ok", 0775, 0, 0}};
  expect_fail("CONF-015", facts, {"/usr", "/usr/bin", "/usr/bin/kmod"});
}

TEST(ModprobeHelper, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.modprobe_helper->resolved = not_seen();
  expect_unknown("CONF-015", facts);
  facts.kernel.modprobe_helper = not_seen();
  expect_unknown("CONF-015", facts);
}

}  // namespace
}  // namespace kmodsec::test
