// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/known_cves_builder.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

constexpr const char* open_in_loaded = "2024-1000\tdummy\t\t0>6.1.150,6.8\twild\tuser\n";
constexpr const char* open_for_users = "2024-2000\tisofs\t\t0>6.1.150,6.8\tpublic\tuserns\n";
constexpr const char* open_without_fix = "2024-3000\tdummy,isofs\t\t0>6.8\twild\tuserns\n";

Facts beyond_the_tables(const std::string& rows) {
  Facts facts = machine_with_cves(rows);
  facts.kernel.release = "6.1.190";
  facts.trees.front().release = "6.1.190";
  return facts;
}

TEST(ExploitedInKernel, PassesForFixedCvesAndForThoseWithoutAnExploit) {
  expect_pass("CVE-001", machine_with_cves("2024-1000\tdummy\t\t0>6.1.90,6.8\twild\tuser\n"
                                           "2024-2000\tdummy\t\t0>6.1.150,6.8\n"));
}

TEST(ExploitedInKernel, PassesForWhatIsNotIn) {
  expect_pass("CVE-001", machine_with_cves(open_for_users));
}

TEST(ExploitedInKernel, NamesALoadedModuleAndItsCve) {
  const Facts facts = machine_with_cves(open_in_loaded);
  expect_fail("CVE-001", facts, {"dummy"});
  EXPECT_EQ(verdict_of("CVE-001", facts).findings[0].evidence[0].source, "CVE-2024-1000");
}

TEST(ExploitedInKernel, NamesABuiltInModule) {
  expect_fail("CVE-001", machine_with_cves("2024-1000\text4\t\t0>6.1.150,6.8\twild\tuser\n"),
              {"ext4"});
}

TEST(ExploitedInKernel, LeavesOutWhatRootAloneCanUse) {
  expect_pass("CVE-001", machine_with_cves("2024-1000\tdummy\t\t0>6.1.150\tpublic\troot-setup\n"));
}

TEST(ExploitedInKernel, IsUnknownWhereTheVersionDoesNotTell) {
  expect_unknown("CVE-001", beyond_the_tables(open_without_fix));
}

TEST(ExploitedReachable, PassesForWhatIsLoaded) {
  expect_pass("CVE-002", machine_with_cves(open_in_loaded));
}

TEST(ExploitedReachable, NamesWhatUsersCanBringIn) {
  expect_fail("CVE-002", machine_with_cves(open_for_users), {"isofs"});
}

TEST(ExploitedReachable, PassesForADeniedModule) {
  Facts facts = machine_with_cves(open_for_users);
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", "/etc/modprobe.d/a.conf");
  expect_pass("CVE-002", facts);
}

TEST(ExploitedReachable, IsUnknownWhereTheVersionDoesNotTell) {
  expect_unknown("CVE-002", beyond_the_tables(open_without_fix));
}

TEST(ExploitedReachable, IsUnknownWhenUnseen) {
  Facts facts = machine_with_cves(open_for_users);
  Facts elsewhere = facts;
  elsewhere.trees.front().release = "6.2.0-test";
  expect_unknown("CVE-002", elsewhere);
  Facts unindexed = facts;
  unindexed.trees.front().index = not_seen();
  expect_unknown("CVE-002", unindexed);
  facts.known_cves = not_seen();
  expect_unknown("CVE-002", facts);
  expect_unknown("CVE-001", facts);
  expect_unknown("CVE-003", facts);
}

/// As of an image: nothing runs, and the kernel in it would.
Facts installed(const std::string& rows) {
  Facts facts = machine_with_cves(rows);
  facts.live = false;
  facts.loaded = std::unexpected(Error{ErrorKind::unsupported, "/proc/modules", "no kernel runs"});
  return facts;
}

TEST(ExploitedInKernel, NamesWhatIsBuiltIntoAnInstalledKernel) {
  const Facts facts = installed("2024-1000\text4\t\t0>6.1.150,6.8\twild\tuser\n");
  expect_fail("CVE-001", facts, {"ext4"});
  EXPECT_NE(verdict_of("CVE-001", facts).findings[0].message.find("(6.1.100)"), std::string::npos);
}

TEST(ExploitedReachable, NamesWhatUsersCouldBringIntoAnInstalledKernel) {
  expect_fail("CVE-002", installed(open_for_users), {"isofs"});
}

TEST(ExploitedReachable, DoesNotApplyWhereNoKernelIsInstalled) {
  Facts facts = installed("");
  facts.trees.clear();
  facts.installed = std::vector<std::string>{};
  EXPECT_EQ(verdict_of("CVE-002", facts).status, Status::not_applicable);
  facts.installed = not_seen();
  expect_unknown("CVE-002", facts);
}

TEST(KnownCvesOld, FailsAfterSixtyDays) {
  Facts facts = machine_with_cves("");
  facts.time = facts.known_cves->date + 60 * 86400;
  expect_pass("CVE-003", facts);
  facts.time += 1;
  expect_fail("CVE-003", facts, {"tables of known vulnerabilities"});
}

}  // namespace
}  // namespace kmodsec::test
