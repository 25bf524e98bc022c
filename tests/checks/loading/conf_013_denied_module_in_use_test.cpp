// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts with_mounted_isofs(std::string_view lines) {
  Facts facts = machine_with_lines(lines);
  add_loaded(facts, "isofs");
  facts.users->push_back({"isofs", "mount", "/media/cdrom"});
  return facts;
}

TEST(DeniedModuleInUse, PassesWhenNobodyUsesIt) {
  expect_pass("CONF-013", machine_with_lines("install dummy /bin/false\n"));
  expect_pass("CONF-013", with_mounted_isofs("install udf /bin/false\n"));
}

TEST(DeniedModuleInUse, NamesTheUse) {
  const Facts facts = with_mounted_isofs("install isofs /bin/false\n");
  expect_fail("CONF-013", facts, {"isofs"});
  EXPECT_EQ(verdict_of("CONF-013", facts).findings[0].message,
            "is denied, and in use: mount /media/cdrom");
}

TEST(DeniedModuleInUse, ABlacklistLineTakesAwayTheAlias) {
  expect_fail("CONF-013", with_mounted_isofs("blacklist isofs\n"), {"isofs"});
}

TEST(DeniedModuleInUse, ABlacklistLineStopsNoDependency) {
  Facts facts = machine_with_lines("blacklist crc-itu-t\n");
  add_loaded(facts, "crc_itu_t").used_by = {"udf"};
  expect_pass("CONF-013", facts);
}

TEST(DeniedModuleInUse, NamesWhoNeedsIt) {
  Facts facts = machine_with_lines("install crc-itu-t /bin/false\n");
  add_loaded(facts, "crc_itu_t").used_by = {"udf"};
  expect_fail("CONF-013", facts, {"crc_itu_t"});
}

TEST(DeniedModuleInUse, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-013");
  Facts facts = with_mounted_isofs("install isofs /bin/false\n");
  expect_to_need_the_indexes("CONF-013", facts);
  facts.users = not_seen();
  expect_unknown("CONF-013", facts);
  facts.loaded = not_seen();
  expect_unknown("CONF-013", facts);
}

TEST(DeniedModuleInUse, IsUnknownWhereTheHelperOfTheKernelWasNotSeen) {
  Facts facts = with_mounted_isofs("install isofs /bin/false\n");
  assume_loader(facts);
  expect_unknown("CONF-013", facts);
}

}  // namespace
}  // namespace kmodsec::test
