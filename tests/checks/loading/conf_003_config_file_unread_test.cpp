// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts with_unread(const std::string& path, const std::string& shadowed_by = "") {
  Facts facts = healthy_machine();
  const Facts file = machine_with_lines("install udf /bin/false\nblacklist isofs\n", path);
  facts.load->unread = {{path, shadowed_by, file.load->lines}};
  return facts;
}

TEST(ConfigFileUnread, NamesTheFile) {
  expect_fail("CONF-003", with_unread("/etc/modprobe.d/usb"), {"/etc/modprobe.d/usb"});
  expect_fail("CONF-003", with_unread("/etc/modprobe.d/.a.conf"), {"/etc/modprobe.d/.a.conf"});
}

TEST(ConfigFileUnread, PassesForCopiesAndShadowedFiles) {
  expect_pass("CONF-003", with_unread("/etc/modprobe.d/usb.conf.dpkg-old"));
  expect_pass("CONF-003", with_unread("/etc/modprobe.d/usb.conf~"));
  expect_pass("CONF-003", with_unread("/lib/modprobe.d/usb.conf", "/etc/modprobe.d/usb.conf"));
}

TEST(ConfigFileUnread, NamesFilesThatWouldAskForModules) {
  Facts facts = healthy_machine();
  UnreadFile file{.path = "/etc/modules", .reason = "nobody does"};
  file.requests = {"loop"};
  facts.load->unread = {file};
  expect_fail("CONF-003", facts, {"/etc/modules"});
}

TEST(ConfigFileUnread, PassesForFilesWithoutLines) {
  Facts facts = with_unread("/etc/modprobe.d/README");
  facts.load->unread[0].lines.clear();
  expect_pass("CONF-003", facts);
}

TEST(ConfigFileUnread, IsUnknownWhenUnseen) { expect_to_need_the_configuration("CONF-003"); }

}  // namespace
}  // namespace kmodsec::test
