// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(DeniedModuleLoaded, PassesForModulesThatAreNotLoaded) {
  expect_pass("CONF-012", machine_with_lines("install udf /bin/false\n"));
}

TEST(DeniedModuleLoaded, PassesForABlacklistLine) {
  expect_pass("CONF-012", machine_with_lines("blacklist dummy\n"));
}

TEST(DeniedModuleLoaded, PassesForWhatTheKernelAloneRefuses) {
  Facts facts = machine_with_lines("install udf /bin/false\n");
  facts.kernel.modules_disabled = true;
  facts.load->kernel.nomodule = true;
  expect_pass("CONF-012", facts);
}

TEST(DeniedModuleLoaded, NamesTheModuleAndTheLine) {
  const Facts facts = machine_with_lines("install dummy /bin/false\n");
  expect_fail("CONF-012", facts, {"dummy"});
  EXPECT_EQ(verdict_of("CONF-012", facts).findings[0].evidence[0].source, "/etc/modprobe.d/a.conf");
}

TEST(DeniedModuleLoaded, NamesWhatNeedsADeniedModule) {
  Facts facts = machine_with_lines("install crc-itu-t /bin/false\n");
  add_loaded(facts, "udf");
  expect_fail("CONF-012", facts, {"udf"});
}

TEST(DeniedModuleLoaded, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-012");
  Facts facts = machine_with_lines("install dummy /bin/false\n");
  expect_to_need_the_indexes("CONF-012", facts);
  Facts elsewhere = facts;
  elsewhere.trees.front().release = "6.2.0-test";
  expect_unknown("CONF-012", elsewhere);
  facts.loaded = not_seen();
  expect_unknown("CONF-012", facts);
}

TEST(DeniedModuleLoaded, IsUnknownWhereTheHelperOfTheKernelWasNotSeen) {
  Facts facts = machine_with_lines("install dummy /bin/false\n");
  assume_loader(facts);
  expect_unknown("CONF-012", facts);
}

}  // namespace
}  // namespace kmodsec::test
