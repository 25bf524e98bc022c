// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

Facts machine_that_sets(std::vector<LoaderSetting> settings) {
  Facts facts = healthy_machine();
  facts.load->loader_settings = std::move(settings);
  return facts;
}

TEST(LoaderSetAtBoot, PassesForTheSystemsOwn) {
  expect_pass("CONF-024", healthy_machine());
  expect_pass("CONF-024", machine_that_sets({{"/usr/sbin/modprobe", "/etc/sysctl.d/a.conf", 1}}));
  expect_pass("CONF-024", machine_that_sets({{"", "/etc/sysctl.d/a.conf", 1}}));
  Facts built_so = machine_that_sets({{"/bin/kmod-modprobe", "/etc/sysctl.d/a.conf", 1}});
  built_so.kernel.config = KernelConfig{{"CONFIG_MODPROBE_PATH", "/bin/kmod-modprobe"}};
  expect_pass("CONF-024", built_so);
}

TEST(LoaderSetAtBoot, TheLastLineDecides) {
  const LoaderSetting other{"/tmp/x", "/etc/sysctl.d/a.conf", 2};
  const LoaderSetting usual{"/sbin/modprobe", "/etc/sysctl.d/b.conf", 1};
  expect_fail("CONF-024", machine_that_sets({usual, other}), {"/tmp/x"});
  expect_pass("CONF-024", machine_that_sets({other, usual}));
}

TEST(LoaderSetAtBoot, NamesTheFolderInWhichOthersMayCreateIt) {
  const Facts facts = machine_that_sets(
      {{"/tmp/mp", "/etc/sysctl.d/a.conf", 2, {{"/", 0755, 0, 0}, {"/tmp", 01777, 0, 0}}}});
  expect_fail("CONF-024", facts, {"/tmp/mp"});
  const Finding finding = verdict_of("CONF-024", facts).findings.front();
  EXPECT_EQ(finding.message,
            "is what the kernel runs as root for each module that is asked for, once this line has "
            "set kernel.modprobe; others than root may write /tmp, and so decide what it is");
  ASSERT_EQ(finding.evidence.size(), 2U);
  EXPECT_EQ(finding.evidence[1].source, "/tmp");
  EXPECT_EQ(finding.evidence[1].value, "mode 1777, user 0, group 0");
}

TEST(LoaderSetAtBoot, SystemdDoesNotReadSysctlConf) {
  const LoaderSetting other{"/tmp/x", "/etc/sysctl.d/a.conf", 2};
  const LoaderSetting usual{"/sbin/modprobe", "/etc/sysctl.conf", 1};
  const LoaderSetting evil{"/tmp/y", "/etc/sysctl.conf", 2};
  expect_fail("CONF-024", machine_that_sets({other, usual}), {"/tmp/x"});
  expect_fail("CONF-024", machine_that_sets({other, evil}), {"/tmp/y", "/tmp/x"});
  expect_pass("CONF-024", machine_that_sets({usual}));
}

TEST(LoaderSetAtBoot, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.load->unseen = {{"/root/.bashrc", "no permission"}};
  expect_pass("CONF-024", facts);
  facts.load->unseen = {{"/etc/sysctl.d/a.conf", "no permission"}};
  expect_unknown("CONF-024", facts);
  facts.load = not_seen();
  expect_unknown("CONF-024", facts);
}

}  // namespace
}  // namespace kmodsec::test
