// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/busybox_conf.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(IndexHoldsConfiguration, PassesForWhatDepmodWrites) {
  expect_pass("CONF-021", machine_with_lines(""));
}

TEST(IndexHoldsConfiguration, NamesTheLine) {
  Facts facts = machine_with_lines("");
  facts.trees.front().index_lines =
      parse_modprobe_conf("install udf /bin/sh -c x\n", "/lib/modules/6.1.0-test/modules.softdep")
          .lines;
  expect_fail("CONF-021", facts, {"udf"});
  EXPECT_NE(verdict_of("CONF-021", facts).findings.front().message.find("root runs its command"),
            std::string::npos);
}

TEST(IndexHoldsConfiguration, LooksIntoImages) {
  Facts facts = machine_with_lines("");
  InitramfsImage image{.path = "/boot/initrd"};
  image.load = parse_modprobe_conf("blacklist udf\nsoftdep a pre: b\n",
                                   "/boot/initrd:/lib/modules/6.1.0-test/modules.softdep");
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_fail("CONF-021", facts, {"udf"});
}

TEST(IndexHoldsConfiguration, IsUnknownWhenUnseen) {
  Facts facts = machine_with_lines("");
  facts.trees.front().softdeps = failure(ErrorKind::denied, "modules.softdep", "no permission");
  expect_unknown("CONF-021", facts);
  facts = machine_with_lines("");
  facts.installed = not_seen();
  expect_unknown("CONF-021", facts);
}

}  // namespace
}  // namespace kmodsec::test
