// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/busybox_conf.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts machine_of_busybox(std::string_view lines) {
  Facts facts = machine_with_lines(lines);
  facts.load->loader = {
      .kind = LoaderKind::busybox, .path = "/sbin/modprobe", .path_from = "default"};
  facts.load->busybox_lines = parse_busybox_conf(lines, "/etc/modprobe.d/a.conf").lines;
  return facts;
}

TEST(DenyNotRead, IsAboutBusyboxAlone) {
  expect_not_applicable("CONF-023", machine_with_lines("install udf /bin/false\n"));
}

TEST(DenyNotRead, NamesTheDeniesThatDoNothing) {
  Facts facts = machine_of_busybox("install udf /bin/false\nblacklist dummy\n");
  add_lines(facts, "blacklist isofs\n", "/usr/lib/modprobe.d/b.conf");
  expect_fail("CONF-023", facts, {"isofs", "udf"});
}

TEST(DenyNotRead, PassesWhereAllAreRead) {
  expect_pass("CONF-023", machine_of_busybox("blacklist dummy\n"));
}

TEST(DenyNotRead, IsUnknownWhenUnseen) {
  Facts facts = machine_of_busybox("blacklist dummy\n");
  facts.load->unseen = {{"/etc/modprobe.d/usb.conf", "no permission"}};
  expect_unknown("CONF-023", facts);
  facts.load = not_seen();
  expect_unknown("CONF-023", facts);
}

}  // namespace
}  // namespace kmodsec::test
