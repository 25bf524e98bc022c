// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/cves_report.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "support/known_cves_builder.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

std::vector<std::string> shown(const Facts& facts, CvesShown which) {
  const CvesReport report = answer_cves(facts, {.shown = which});
  std::vector<std::string> names;
  for (const ModuleCves& module : report.modules) names.push_back(module.name);
  return names;
}

std::vector<MitigationKind> advice_of(const Facts& facts, const std::string& module) {
  const CvesReport report = answer_cves(facts, {.modules = {module}});
  std::vector<MitigationKind> kinds;
  for (const Mitigation& line : report.modules.front().mitigations) kinds.push_back(line.kind);
  return kinds;
}

using Names = std::vector<std::string>;
using Advice = std::vector<MitigationKind>;

constexpr const char* rows =
    "2024-1000\tudf\t\t0>6.1.150\n"
    "2024-2000\tisofs\t\t0>6.1.150,6.8\tpublic\tuserns\n"
    "2024-3000\tdummy\t\t0>6.1.150\twild\tuser\n"
    "2024-4000\tno_such_module\t\t0>6.1.150\twild\tuser\n"
    "2024-5000\tdummy\t\t0>6.1.90\twild\tuser\n";

TEST(CvesReport, ShowsNotableOpenAndReachableOnesFirstWhatIsIn) {
  const Facts facts = machine_with_cves(rows);
  EXPECT_EQ(shown(facts, CvesShown::notable), (Names{"dummy", "isofs"}));
  EXPECT_EQ(shown(facts, CvesShown::loaded), (Names{"dummy"}));
  EXPECT_EQ(shown(facts, CvesShown::all), (Names{"dummy", "isofs", "udf"}));
}

TEST(CvesReport, CountsWhatItDoesNotShow) {
  const CvesReport report = answer_cves(machine_with_cves(rows), {});
  EXPECT_EQ(report.counts.modules, 3U);
  EXPECT_EQ(report.counts.affected, 3U);
  EXPECT_EQ(report.counts.notable, 2U);
}

TEST(CvesReport, TellsAllCvesOfANamedModule) {
  const CvesReport report = answer_cves(machine_with_cves(rows), {.modules = {"dummy"}});
  ASSERT_EQ(report.modules.size(), 1U);
  ASSERT_EQ(report.modules[0].cves.size(), 2U);
  EXPECT_EQ(report.modules[0].cves[0].verdict.status, VexStatus::affected);
  EXPECT_EQ(report.modules[0].cves[1].verdict.status, VexStatus::fixed);
}

TEST(CvesReport, TellsThatAModuleIsNotInThisKernel) {
  const CvesReport report = answer_cves(machine_with_cves(rows), {.modules = {"no_such_module"}});
  EXPECT_EQ(report.modules[0].presence, Presence::absent);
  EXPECT_TRUE(report.modules[0].cves.empty());
}

TEST(CvesReport, JudgesWhatIsLoadedThoughNoIndexNamesIt) {
  Facts facts = machine_with_cves("2024-1000\tghost\t\t0>6.1.150\twild\tuser\n");
  add_loaded(facts, "ghost");
  facts.trees.front().index->pop_back();
  const CvesReport report = answer_cves(facts, {.modules = {"ghost"}});
  ASSERT_EQ(report.modules[0].cves.size(), 1U);
  EXPECT_EQ(report.modules[0].counts,
            (VulnerabilityCounts{.known = 1, .affected = 1, .exploited = 1}));
  EXPECT_TRUE(std::ranges::any_of(
      report.unseen, [](const Unseen& gap) { return gap.what == "attacker position of ghost"; }));
}

TEST(CvesReport, SaysThatNobodyCanTellWhoReachesWhatIsBuiltInWithoutItsAliases) {
  Facts facts = machine_with_cves("2024-1000\text4\t\t0>6.1.150\n");
  ModuleTree& tree = facts.trees.front();
  EXPECT_EQ(answer_cves(facts, {.modules = {"ext4"}}).modules[0].position, AttackerPosition::root);
  tree.unseen_builtin = {{"modules.builtin.modinfo", "not found"}};
  const CvesReport report = answer_cves(facts, {.modules = {"ext4"}});
  EXPECT_EQ(report.modules[0].position, AttackerPosition::unknown);
  EXPECT_EQ(report.modules[0].cves[0].position, AttackerPosition::unknown);
  EXPECT_TRUE(std::ranges::any_of(
      report.unseen, [](const Unseen& gap) { return gap.what == "modules.builtin.modinfo"; }));
}

TEST(CvesReport, NamesWhoIsUnknownThoughTheModuleIsNotShown) {
  Facts facts = machine_with_cves("2024-1000\tghost\t\t0>6.1.150\twild\n");
  add_loaded(facts, "ghost");
  facts.trees.front().index->pop_back();
  const CvesReport report = answer_cves(facts, {});
  EXPECT_TRUE(report.modules.empty());
  EXPECT_TRUE(std::ranges::any_of(
      report.unseen, [](const Unseen& gap) { return gap.what == "attacker position of ghost"; }));
}

TEST(CvesReport, NamesWhatItCannotTell) {
  Facts facts = machine_with_cves("2024-1000\tdummy\t\t0>6.8\n");
  facts.kernel.release = "6.1.190";
  facts.trees.front().release = "6.1.190";
  const auto is_untold = [](const Unseen& gap) { return gap.what == "vulnerabilities of dummy"; };
  const CvesReport named = answer_cves(facts, {.modules = {"dummy"}});
  EXPECT_EQ(words_of(named.modules[0].counts), "0 affected, 1 cannot tell, of 1 known");
  EXPECT_TRUE(std::ranges::any_of(named.unseen, is_untold));
  EXPECT_FALSE(std::ranges::any_of(answer_cves(facts, {}).unseen, is_untold));
}

TEST(CvesReport, AdvisesToUpdateAndToDenyWhatNothingUses) {
  const Facts facts = machine_with_cves(rows);
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{MitigationKind::update, MitigationKind::deny}));
  EXPECT_EQ(answer_cves(facts, {}).deniable, (Names{"isofs"}));
}

TEST(CvesReport, ProposesNoDenyOfWhatIsDenied) {
  Facts facts = machine_with_cves(rows);
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", "/etc/modprobe.d/a.conf");
  EXPECT_EQ(shown(facts, CvesShown::notable), (Names{"dummy"}));
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{MitigationKind::update}));
}

TEST(CvesReport, ProposesNoDenyWhereTheConfigurationWasNotSeen) {
  Facts facts = machine_with_cves(rows);
  facts.load = not_seen();
  EXPECT_EQ(advice_of(facts, "isofs"),
            (Advice{MitigationKind::update, MitigationKind::not_closed}));
  EXPECT_TRUE(answer_cves(facts, {}).deniable.empty());
}

TEST(CvesReport, ProposesNoDenyOfWhatIsAskedForLater) {
  Facts facts = machine_with_cves(rows);
  facts.load->at_boot.push_back({"isofs", "/etc/modules-load.d/a.conf", 1, false});
  EXPECT_EQ(advice_of(facts, "isofs"), (Advice{MitigationKind::update, MitigationKind::in_use}));
  facts = machine_with_cves(rows);
  facts.policy->freeze.require = {"isofs"};
  EXPECT_TRUE(answer_cves(facts, {}).deniable.empty());
}

TEST(CvesReport, AdvisesNoDenyOfWhatIsBuiltIn) {
  const Facts facts = machine_with_cves("2024-1000\text4\t\t0>\twild\tuser\n");
  EXPECT_EQ(advice_of(facts, "ext4"), (Advice{MitigationKind::built_in}));
  EXPECT_TRUE(answer_cves(facts, {}).deniable.empty());
}

TEST(CvesReport, NamesWhatUsesALoadedModule) {
  Facts facts = machine_with_cves(rows);
  facts.loaded->front().used_by = {"bridge"};
  facts.loaded->front().refcount = 1;
  const CvesReport report = answer_cves(facts, {.modules = {"dummy"}});
  EXPECT_EQ(report.modules[0].mitigations.back().kind, MitigationKind::in_use);
  EXPECT_TRUE(report.modules[0].mitigations.back().words.contains("bridge"));
}

TEST(CvesReport, SaysWhereToAskOfAKernelWithAFixedBase) {
  Facts facts = machine_with_cves(rows);
  facts.kernel.release = "5.14.0-503.el9_5.x86_64";
  facts.trees.front().release = *facts.kernel.release;
  const CvesReport report = answer_cves(facts, {.modules = {"isofs"}});
  EXPECT_EQ(report.modules[0].mitigations.front().kind, MitigationKind::ask_maker);
  EXPECT_TRUE(report.modules[0].mitigations.front().words.contains("cve/CVE-2024-2000"));
}

TEST(CvesReport, OfAKernelWithoutModulesIsAboutWhatIsBuiltIn) {
  Facts facts = machine_with_cves(std::string(rows) + "2024-6000\text4\t\t0>6.1.150\twild\tuser\n");
  facts.kernel.modules_supported = false;
  const CvesReport report = answer_cves(facts, {.shown = CvesShown::all});
  ASSERT_EQ(report.modules.size(), 1U);
  EXPECT_EQ(report.modules[0].name, "ext4");
  EXPECT_EQ(report.modules[0].presence, Presence::builtin);
  EXPECT_TRUE(report.kernels.front().why_not.contains("without loadable modules"));
}

TEST(CvesReport, OfAKernelWithoutModulesHasAGapWhereWhatIsBuiltInWasNotSeen) {
  Facts facts = machine_with_cves(rows);
  facts.kernel.modules_supported = false;
  facts.trees.front().builtin = failure(ErrorKind::not_found, "modules.builtin", "not there");
  const auto names_it = [&](const CvesQuestion& question) {
    return std::ranges::any_of(answer_cves(facts, question).unseen,
                               [](const Unseen& gap) { return gap.what == "modules.builtin"; });
  };
  EXPECT_TRUE(names_it({.shown = CvesShown::notable}));
  EXPECT_TRUE(names_it({.modules = {"dummy"}}));
  EXPECT_FALSE(names_it({.shown = CvesShown::loaded})) << "nothing is loaded";
}

TEST(CvesReport, NamesWhatItCouldNotSee) {
  Facts facts = machine_with_cves(rows);
  facts.trees.front().index = not_seen();
  EXPECT_FALSE(answer_cves(facts, {}).unseen.empty());
}

}  // namespace
}  // namespace kmodsec::test
