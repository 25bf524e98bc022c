// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

UnreadFile shadowed(std::string_view text) {
  const std::string path = "/usr/lib/modprobe.d/b.conf";
  const Facts file = machine_with_lines(text, path);
  return {path, "/etc/modprobe.d/b.conf", file.load->lines};
}

TEST(DenyLineIdle, PassesWhenEachCounts) {
  expect_pass("CONF-002", machine_with_lines("install udf /bin/false\nblacklist udf\n"));
}

TEST(DenyLineIdle, PassesWhenTheEarlierLineDeniesToo) {
  expect_pass("CONF-002", machine_with_lines("install udf /bin/true\ninstall udf /bin/false\n"));
}

TEST(DenyLineIdle, NamesWhatComesTooLate) {
  const Facts facts = machine_with_lines(
      "install udf /sbin/load-udf\ninstall udf /bin/false\n"
      "install iso* /sbin/load\ninstall isofs /bin/true\n");
  expect_fail("CONF-002", facts, {"isofs", "udf"});
}

TEST(DenyLineIdle, NamesWhatStandsInAShadowedFile) {
  Facts facts = machine_with_lines("install dummy /bin/false\nblacklist isofs\n");
  facts.load->unread.push_back(shadowed(
      "install udf /bin/false\nblacklist dummy\ninstall isofs /bin/false\noptions x a=1\n"));
  expect_fail("CONF-002", facts, {"isofs", "udf"});
}

TEST(DenyLineIdle, ALinkToNullIsHowADenyIsLifted) {
  Facts facts = machine_with_lines("");
  facts.load->unread.push_back(shadowed("blacklist udf\n"));
  expect_fail("CONF-002", facts, {"udf"});
  facts.load->unread[0].masked = true;
  expect_pass("CONF-002", facts);
}

TEST(DenyLineIdle, NamesWhatTheCommandLineDoesNotDeny) {
  Facts facts = machine_with_lines("blacklist nbd\n");
  facts.load->idle_denies = {{"usb-storage", "write usb_storage", "x", "/proc/cmdline", 1},
                             {"nbd", "it holds there", "y", "/proc/cmdline", 1},
                             {"sctp", "it holds there", "z", "/proc/cmdline", 1}};
  facts.load->kernel.module_blacklist = {"sctp"};
  expect_fail("CONF-002", facts, {"usb-storage"});
  facts.load->idle_denies = {{"\"udf\"", "without quotes", "x", "/proc/cmdline", 1}};
  facts.load->lines.push_back({.directive = Directive::blacklist, .name = "\"udf\""});
  expect_fail("CONF-002", facts, {"\"udf\""});
}

TEST(DenyLineIdle, LeavesFilesWithAnotherNameToAnotherCheck) {
  Facts facts = machine_with_lines("");
  facts.load->unread.push_back(shadowed("install udf /bin/false\n"));
  facts.load->unread[0].shadowed_by.clear();
  expect_pass("CONF-002", facts);
}

TEST(DenyLineIdle, IsUnknownWhenUnseen) { expect_to_need_the_configuration("CONF-002"); }

}  // namespace
}  // namespace kmodsec::test
