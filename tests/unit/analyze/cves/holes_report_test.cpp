// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/holes_report.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "support/known_holes_builder.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

std::vector<std::string> shown(const Facts& facts, HolesShown which) {
  const HolesReport report = answer_holes(facts, {.shown = which});
  std::vector<std::string> names;
  for (const ModuleHoles& module : report.modules) names.push_back(module.name);
  return names;
}

std::vector<HoleAdvice> advice_of(const Facts& facts, const std::string& module) {
  const HolesReport report = answer_holes(facts, {.modules = {module}});
  std::vector<HoleAdvice> kinds;
  for (const AdviceLine& line : report.modules.front().advice) kinds.push_back(line.kind);
  return kinds;
}

using Names = std::vector<std::string>;
using Advice = std::vector<HoleAdvice>;

constexpr const char* rows =
    "2024-1000\tudf\t\t0>6.1.150\n"
    "2024-2000\tisofs\t\t0>6.1.150,6.8\tpublic\tuserns\n"
    "2024-3000\tdummy\t\t0>6.1.150\twild\tuser\n"
    "2024-4000\tno_such_module\t\t0>6.1.150\twild\tuser\n"
    "2024-5000\tdummy\t\t0>6.1.90\twild\tuser\n";

TEST(HolesReport, ShowsNotableOpenAndReachableOnesFirstWhatIsIn) {
  const Facts facts = machine_with_holes(rows);
  EXPECT_EQ(shown(facts, HolesShown::notable), (Names{"dummy", "isofs"}));
  EXPECT_EQ(shown(facts, HolesShown::loaded), (Names{"dummy"}));
  EXPECT_EQ(shown(facts, HolesShown::all), (Names{"dummy", "isofs", "udf"}));
}

TEST(HolesReport, CountsWhatItDoesNotShow) {
  const HolesReport report = answer_holes(machine_with_holes(rows), {});
  EXPECT_EQ(report.counts.modules, 3U);
  EXPECT_EQ(report.counts.affected, 3U);
  EXPECT_EQ(report.counts.notable, 2U);
}

TEST(HolesReport, TellsAllHolesOfANamedModule) {
  const HolesReport report = answer_holes(machine_with_holes(rows), {.modules = {"dummy"}});
  ASSERT_EQ(report.modules.size(), 1U);
  ASSERT_EQ(report.modules[0].holes.size(), 2U);
  EXPECT_EQ(report.modules[0].holes[0].verdict.status, HoleStatus::affected);
  EXPECT_EQ(report.modules[0].holes[1].verdict.status, HoleStatus::fixed);
}

TEST(HolesReport, TellsThatAModuleIsNotInThisKernel) {
  const HolesReport report =
      answer_holes(machine_with_holes(rows), {.modules = {"no_such_module"}});
  EXPECT_EQ(report.modules[0].presence, Presence::absent);
  EXPECT_TRUE(report.modules[0].holes.empty());
}

TEST(HolesReport, AdvisesToUpdateAndToDenyWhatNothingUses) {
  const Facts facts = machine_with_holes(rows);
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{HoleAdvice::update, HoleAdvice::deny}));
  EXPECT_EQ(answer_holes(facts, {}).deniable, (Names{"isofs"}));
}

TEST(HolesReport, ProposesNoDenyOfWhatIsDenied) {
  Facts facts = machine_with_holes(rows);
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", "/etc/modprobe.d/a.conf");
  EXPECT_EQ(shown(facts, HolesShown::notable), (Names{"dummy"}));
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{HoleAdvice::update}));
}

TEST(HolesReport, ProposesNoDenyWhereTheConfigurationWasNotSeen) {
  Facts facts = machine_with_holes(rows);
  facts.load = not_seen();
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{HoleAdvice::update, HoleAdvice::not_closed}));
  EXPECT_TRUE(answer_holes(facts, {}).deniable.empty());
}

TEST(HolesReport, ProposesNoDenyOfWhatIsAskedForLater) {
  Facts facts = machine_with_holes(rows);
  facts.load->at_boot.push_back({"isofs", "/etc/modules-load.d/a.conf", 1, false});
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{HoleAdvice::update, HoleAdvice::in_use}));
  facts = machine_with_holes(rows);
  facts.policy->freeze.require = {"isofs"};
  EXPECT_TRUE(answer_holes(facts, {}).deniable.empty());
}

TEST(HolesReport, AdvisesNoDenyOfWhatIsBuiltIn) {
  const Facts facts = machine_with_holes("2024-1000\text4\t\t0>\twild\tuser\n");
  EXPECT_EQ(advice_of(facts, "ext4"), (Advice{HoleAdvice::built_in}));
  EXPECT_TRUE(answer_holes(facts, {}).deniable.empty());
}

TEST(HolesReport, NamesWhatUsesALoadedModule) {
  Facts facts = machine_with_holes(rows);
  facts.loaded->front().used_by = {"bridge"};
  facts.loaded->front().refcount = 1;
  const HolesReport report = answer_holes(facts, {.modules = {"dummy"}});
  EXPECT_EQ(report.modules[0].advice.back().kind, HoleAdvice::in_use);
  EXPECT_TRUE(report.modules[0].advice.back().words.contains("bridge"));
}

TEST(HolesReport, SaysWhereToAskOfAKernelWithAFixedBase) {
  Facts facts = machine_with_holes(rows);
  facts.kernel.release = "5.14.0-503.el9_5.x86_64";
  facts.trees.front().release = *facts.kernel.release;
  const HolesReport report = answer_holes(facts, {.modules = {"isofs"}});
  EXPECT_EQ(report.modules[0].advice.front().kind, HoleAdvice::ask_maker);
  EXPECT_TRUE(report.modules[0].advice.front().words.contains("cve/CVE-2024-2000"));
}

TEST(HolesReport, IsNotAboutAKernelWithoutModules) {
  Facts facts = machine_with_holes(rows);
  facts.kernel.modules_supported = false;
  const HolesReport report = answer_holes(facts, {});
  EXPECT_TRUE(report.modules.empty());
  EXPECT_TRUE(report.kernels.front().why_not.contains("without loadable modules"));
}

TEST(HolesReport, NamesWhatItCouldNotSee) {
  Facts facts = machine_with_holes(rows);
  facts.trees.front().index = not_seen();
  EXPECT_FALSE(answer_holes(facts, {}).unseen.empty());
}

}  // namespace
}  // namespace kmodsec::test
