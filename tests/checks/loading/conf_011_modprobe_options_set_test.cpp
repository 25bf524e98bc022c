// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModprobeOptionsSet, NamesTheFile) {
  Facts facts = healthy_machine();
  facts.load->environment = {{"MODPROBE_OPTIONS=-i", "/etc/environment", 2}};
  expect_fail("CONF-011", facts, {"/etc/environment"});
}

TEST(ModprobeOptionsSet, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  expect_pass("CONF-011", facts);
  facts.load->unseen = {{"/etc/modprobe.d/usb", "no permission"}};
  expect_pass("CONF-011", facts);
  facts.load->unseen = {{"/root/.bashrc", "no permission"}};
  expect_unknown("CONF-011", facts);
  facts.load = not_seen();
  expect_unknown("CONF-011", facts);
}

}  // namespace
}  // namespace kmodsec::test
